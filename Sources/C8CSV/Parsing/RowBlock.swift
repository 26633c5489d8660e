import CRowScan

/// Rows that follow each other without a line between them, of each one field: lent for the time of one call.
package struct RowBlock: ~Copyable {
    /// The line of the first row, from 1; each further one is in the next line.
    package let line: Int
    /// How many rows there are.
    package var count: Int { spans.count }

    private let base: UnsafeRawPointer
    private let spans: UnsafeBufferPointer<c8_row_span>

    init(line: Int, base: UnsafeRawPointer, spans: UnsafeBufferPointer<c8_row_span>) {
        self.line = line
        self.base = base
        self.spans = spans
    }

    /// The wanted field's content: ASCII, and not empty; valid while the block is lent.
    ///
    /// - Parameter index: from 0, below ``count``.
    package subscript(index: Int) -> UnsafeRawBufferPointer {
        let span = spans[index]
        return UnsafeRawBufferPointer(start: base + Int(span.start), count: Int(span.count))
    }
}
