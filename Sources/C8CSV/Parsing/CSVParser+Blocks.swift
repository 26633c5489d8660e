import CRowScan

extension CSVParser {
    /// Lends the next rows all at once, where they are plain and one field of each is wanted: what most tables consist of,
    /// and much faster than one by one.
    ///
    /// - Parameters:
    ///   - bytes: first of all what the last call was not done with.
    ///   - fields: how many fields each row has; nil for any number.
    ///   - body: not called where the next row has to be parsed by itself.
    /// - Returns: how many bytes are done with, and how many rows were lent.
    mutating func parseBlock(
        _ bytes: UnsafeRawBufferPointer, limit: Int, fields: Int?, _ body: (borrowing RowBlock) throws -> Void
    ) rethrows -> (used: Int, rows: Int) {
        guard cursor.mode == .row, cursor.scanned == 0, let column = store.only else {
            return (0, 0)
        }
        // The end of the last row, and blank lines.
        var start = 0
        while start < bytes.count, bytes[start] == UInt8(ascii: "\n") || bytes[start] == UInt8(ascii: "\r") {
            if !(isAfterReturn && bytes[start] == UInt8(ascii: "\n")) { line += 1 }
            isAfterReturn = bytes[start] == UInt8(ascii: "\r")
            start += 1
        }
        let rules = c8_row_rules(
            separator: format.separator, column: UInt32(column), fields: UInt32(fields ?? 0),
            most_fields: UInt32(format.maximumFields), most_bytes: UInt32(min(format.maximumField, format.maximumRow)))
        let (values, used) = block.rows(
            of: UnsafeRawBufferPointer(rebasing: bytes[start...]), rules, limit: limit)
        guard !values.isEmpty else { return (start, 0) }
        isAfterReturn = false
        let first = line
        line += values.count
        try body(RowBlock(line: first, values: values))
        return (start + used, values.count)
    }
}
