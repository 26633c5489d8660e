/// Gathers rows into batches.
package struct BatchBuilder: Sendable {
    private let plan: BatchPlan
    private var number = 0
    private var lines = LineNumbers()
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var content = ContentHash()

    package init(_ plan: BatchPlan) {
        self.plan = plan
    }

    /// Adds the next row that is to be sent; gives the batch that is complete with it, or, where it would have become
    /// too large, without it.
    ///
    /// - Parameter line: the row's line in the input, from 1.
    package mutating func add(_ value: UnsafeRawBufferPointer, line: Int) -> Batch? {
        var complete: Batch?
        if !ends.isEmpty, bytes.count + value.count > plan.bytes { complete = finish() }
        bytes.append(contentsOf: value)
        ends.append(bytes.count)
        lines.append(line)
        content.add(value)
        // Never two at once: where batches have one row, none is left to be completed above.
        return complete ?? (ends.count >= plan.rows ? finish() : nil)
    }

    /// The batch with the rows that are left at the input's end; nil when none are. Called until nil.
    package mutating func finish() -> Batch? {
        guard !ends.isEmpty else { return nil }
        defer {
            number += 1
            lines = LineNumbers()
            bytes = []
            ends = []
            content = ContentHash()
        }
        return Batch(number: number, lines: lines, bytes: bytes, ends: ends, content: content.value)
    }
}
