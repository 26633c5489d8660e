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
        var complete: [Batch] = []
        add(value, line: line, to: &complete)
        return complete.first
    }

    /// The same; appends the batch.
    @inline(__always)
    mutating func add(_ value: UnsafeRawBufferPointer, line: Int, to complete: inout [Batch]) {
        if used &- Batch.frame &* ends.count &+ value.count > plan.bytes, !ends.isEmpty { finish(to: &complete) }
        append(value)
        ends.append(used)
        if isPlain { isPlain = PlainText.isPlain(value) }
        lines.append(line)
        content.add(value)
        // Never two at once: where batches have one row, none is left to be completed above.
        if ends.count >= plan.rows { finish(to: &complete) }
    }

    /// Adds the next rows that are to be sent, in lines that follow each other; appends the batches that are complete.
    mutating func add(
        _ values: UnsafeBufferPointer<UnsafeRawBufferPointer>, firstLine: Int, to complete: inout [Batch]
    ) {
        var index = 0
        while index < values.count {
            let run = fitting(values, from: index)
            guard run > 0 else {
                finish(to: &complete)
                continue
            }
            let next = UnsafeBufferPointer(rebasing: values[index..<index + run])
            append(next)
            content.add(next)
            lines.append(firstLine + index..<firstLine + index + run)
            index += run
            if ends.count >= plan.rows { finish(to: &complete) }
        }
    }

    /// How many rows from one place on the batch has room for; 0 only for one that is not empty.
    private func fitting(_ values: UnsafeBufferPointer<UnsafeRawBufferPointer>, from start: Int) -> Int {
        let most = min(values.count - start, plan.rows - ends.count)
        var left = plan.bytes - (used - Batch.frame * ends.count)
        for offset in 0..<most {
            left -= values[start + offset].count
            if left < 0 { return offset == 0 && ends.isEmpty ? 1 : offset }
        }
        return most
    }

    private mutating func append(_ values: UnsafeBufferPointer<UnsafeRawBufferPointer>) {
        var size = values.count * Batch.frame
        for value in values { size += value.count }
        if used + size > bytes.count { grow(to: used + size) }
        var (end, odd) = (used, PlainText.none)
        bytes.withUnsafeMutableBytes { bytes in
            guard let room = bytes.baseAddress else { return }
            for value in values {
                let start = room + end
                start.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
                PlainText.copy(value, to: start + Batch.lead, odd: &odd)
                end &+= value.count &+ Batch.frame
                (room + end).storeBytes(of: UInt8(ascii: "\""), toByteOffset: -2, as: UInt8.self)
                (room + end).storeBytes(of: UInt8(ascii: ","), toByteOffset: -1, as: UInt8.self)
                ends.append(end)
            }
        }
        used = end
        if isPlain { isPlain = PlainText.isNone(odd) }
    }

    private mutating func finish(to complete: inout [Batch]) {
        if let batch = finish() { complete.append(batch) }
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

    @inline(__always)
    private mutating func append(_ value: UnsafeRawBufferPointer) {
        let end = used &+ value.count &+ Batch.frame
        if end > bytes.count { grow(to: end) }
        bytes.withUnsafeMutableBytes { bytes in
            guard let room = bytes.baseAddress else { return }
            let start = room + used
            start.storeBytes(of: UInt8(ascii: "\""), as: UInt8.self)
            if let source = value.baseAddress {
                (start + Batch.lead).copyMemory(from: source, byteCount: value.count)
            }
            (room + end).storeBytes(of: UInt8(ascii: "\""), toByteOffset: -2, as: UInt8.self)
            (room + end).storeBytes(of: UInt8(ascii: ","), toByteOffset: -1, as: UInt8.self)
        }
        used = end
    }

    private mutating func grow(to end: Int) {
        if bytes.isEmpty { ends.reserveCapacity(min(plan.rows, 4096)) }
        bytes += repeatElement(0, count: max(end, 2 * bytes.count, expected) - bytes.count)
    }
}
