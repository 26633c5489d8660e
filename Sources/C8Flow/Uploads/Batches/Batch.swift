/// Rows that are sent together: their values one after the other in one buffer, and their lines.
///
/// Each value stands between quotes there, with a comma behind them: most are JSON text that way, of which a request takes a
/// piece as it is.
package struct Batch: Sendable, Hashable {
    /// From 0.
    package let number: Int
    /// The line of each row.
    package let lines: LineNumbers
    /// What the batch is recognised by in a later run.
    package let identity: BatchIdentity

    private let bytes: [UInt8]
    /// Where each row ends in the bytes, behind its comma.
    private let ends: [Int]
    /// Whether all values stand for themselves in JSON.
    private let isPlain: Bool

    /// What is in front of a value, and what is with it in all.
    static let (lead, frame) = (1, 3)

    init(
        number: Int, lines: LineNumbers, bytes: [UInt8], ends: [Int], isPlain: Bool, content: Fingerprint
    ) {
        self.number = number
        self.lines = lines
        self.bytes = bytes
        self.ends = ends
        self.isPlain = isPlain
        identity = BatchIdentity(
            number: number, firstLine: lines.first, lastLine: lines.last, rows: ends.count, content: content)
    }

    /// The rows.
    package var count: Int { ends.count }

    /// All of a batch.
    package var slice: UploadSlice { UploadSlice(batch: number, rows: 0..<count) }

    /// Lends a row's value; no bytes when there is no such row.
    package func withValue<Result, Failure: Error>(
        at index: Int, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = range(at: index)
        return try bytes.withUnsafeBufferPointer { buffer throws(Failure) in
            try body(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: buffer[range])))
        }
    }

    /// The values of some rows as the members of a JSON array; nil where JSON does not take one of the batch as it is.
    func plainText(of slice: UploadSlice) -> ArraySlice<UInt8>? {
        guard isPlain, !slice.rows.isEmpty, slice.rows.lowerBound >= 0, slice.rows.upperBound <= count else {
            return nil
        }
        return bytes[start(of: slice.rows.lowerBound)..<ends[slice.rows.upperBound - 1] - 1]
    }

    /// A row's value; empty when there is no such row.
    package func value(at index: Int) -> String { String(decoding: bytes[range(at: index)], as: UTF8.self) }

    /// What the report says of a row that the platform rejected.
    package func row(_ rejection: RowRejection) -> RejectedRow {
        RejectedRow(
            line: rejection.index.map { lines[$0] }, value: rejection.index.map(value) ?? rejection.value ?? "",
            code: rejection.code, message: rejection.message)
    }

    private func range(at index: Int) -> Range<Int> {
        guard ends.indices.contains(index) else { return 0..<0 }
        let start = start(of: index) + Self.lead
        return start..<start + (ends[index] - start - (Self.frame - Self.lead))
    }

    private func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }
}
