/// Rows that are sent together: their values one after the other in one buffer, and their lines.
package struct Batch: Sendable, Hashable {
    /// From 0.
    package let number: Int
    /// The line of each row.
    package let lines: LineNumbers
    /// What the batch is recognised by in a later run.
    package let identity: BatchIdentity

    private let bytes: [UInt8]
    /// Where each row ends in the bytes.
    private let ends: [Int]

    init(number: Int, lines: LineNumbers, bytes: [UInt8], ends: [Int], content: Fingerprint) {
        self.number = number
        self.lines = lines
        self.bytes = bytes
        self.ends = ends
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
        return (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }
}
