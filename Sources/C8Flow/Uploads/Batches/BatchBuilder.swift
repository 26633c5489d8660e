/// Gathers rows into batches.
package struct BatchBuilder: Sendable {
    private let plan: BatchPlan
    private var number = 0
    private var lines = LineNumbers()
    /// The values in their frames, and room for more of them.
    private var bytes: [UInt8] = []
    private var used = 0
    private var ends: [Int] = []
    private var isPlain = true
    /// What the last batch needed.
    private var expected = 1 << 12
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
        if !ends.isEmpty, used - Batch.frame * ends.count + value.count > plan.bytes { complete = finish() }
        append(value)
        ends.append(used)
        isPlain = isPlain && PlainText.isPlain(value)
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
            expected = bytes.count
            bytes = []
            used = 0
            ends = []
            isPlain = true
            content = ContentHash()
        }
        bytes.removeLast(bytes.count - used)
        return Batch(
            number: number, lines: lines, bytes: bytes, ends: ends, isPlain: isPlain, content: content.value)
    }

    private mutating func append(_ value: UnsafeRawBufferPointer) {
        let end = used + value.count + Batch.frame
        if end > bytes.count {
            if bytes.isEmpty { ends.reserveCapacity(min(plan.rows, 4096)) }
            bytes += repeatElement(0, count: max(end, 2 * bytes.count, expected) - bytes.count)
        }
        bytes.withUnsafeMutableBytes { bytes in
            bytes[used] = UInt8(ascii: "\"")
            UnsafeMutableRawBufferPointer(rebasing: bytes[(used + Batch.lead)...]).copyMemory(from: value)
            bytes[end - 2] = UInt8(ascii: "\"")
            bytes[end - 1] = UInt8(ascii: ",")
        }
        used = end
    }
}
