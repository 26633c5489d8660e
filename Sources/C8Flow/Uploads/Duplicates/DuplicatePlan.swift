/// How duplicates among so many rows are found in so much memory: how large the filter is, and how often the input is
/// read.
package struct DuplicatePlan: Sendable, Hashable {
    /// The memory that the search takes when nothing else is asked for, in bytes.
    package static let usualMemory = 24 << 20
    /// Below this, the tables would be too small to be of use, in bytes.
    package static let leastMemory = 1 << 20

    /// The rows that the plan is made for.
    package let rows: Int
    /// The most bytes that the search takes.
    package let memory: Int
    /// How often the input is read before the pass that looks at rows exactly; each time, another part of the rows is
    /// noted.
    package let passes: Int
    /// The most different rows that may come twice (with the few that only seem to).
    package let maximumCandidates: Int
    let filterBytes: Int

    /// Bits a row of the filter, and the part of rows that a full one wrongly takes for seen, as measured.
    private static let rates: [(bits: Int, part: Double)] = [
        (10, 0.02), (13, 0.006), (16, 0.002), (20, 0.0009), (32, 0.0001),
    ]

    private static let ampleBits = 16

    /// - Parameters:
    ///   - rows: an estimate, such as the file's size by the length of the first rows. When it turns out too low, the
    ///     search begins again by itself with the number it has counted.
    ///   - memory: at least ``leastMemory``.
    package init(rows: Int, memory: Int = usualMemory) {
        let memory = max(Self.leastMemory, memory)
        let rows = max(1, rows)
        let slots = 1 << (Int.bitWidth - 1 - (memory / 48).leadingZeroBitCount)
        let candidates = slots / 4 * 3
        let budget = memory / 3 * 2
        // While filling, a filter is wrong half as often as when full.
        let rate = Self.rates.first { Double(rows) * $0.part / 2 <= Double(candidates) / 3 } ?? (48, 0.00002)
        // Few rows take a larger one, which is wrong less often: each time costs a look at the row's hash later.
        let bitsOfRow = max(rate.bits, min(Self.ampleBits, memory / rows))
        let (bits, overflow) = rows.multipliedReportingOverflow(by: bitsOfRow)
        self.rows = rows
        self.memory = memory
        maximumCandidates = candidates
        passes = overflow ? Int.max : max(1, (bits / 8 + budget - 1) / budget)
        filterBytes = min(budget, max(4096, rows / passes * (bitsOfRow + 1) / 8))
    }

    /// The rows that one pass notes, and a little more, since hashes are not spread evenly.
    var rowsOfPass: Int { rows / passes + rows / passes / 8 + 1024 }
}
