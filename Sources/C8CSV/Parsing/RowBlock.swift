/// Rows that follow each other without a line between them, of each one field: lent for the time of one call.
package struct RowBlock: ~Copyable {
    /// The line of the first row, from 1; each further one is in the next line.
    package let line: Int
    /// The wanted field's content in each row: ASCII, and not empty; valid while the block is lent.
    package let values: UnsafeBufferPointer<UnsafeRawBufferPointer>

    init(line: Int, values: UnsafeBufferPointer<UnsafeRawBufferPointer>) {
        self.line = line
        self.values = values
    }

    /// How many rows there are.
    package var count: Int { values.count }

    /// The wanted field's content; valid while the block is lent.
    ///
    /// - Parameter index: from 0, below ``count``.
    package subscript(index: Int) -> UnsafeRawBufferPointer { values[index] }
}
