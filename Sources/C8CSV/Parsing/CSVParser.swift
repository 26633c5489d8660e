/// Splits text into rows, and holds the wanted fields to UTF-8. Nothing is allocated or copied for a row, but for quoted fields with quotes in them.
///
/// Text is pushed in pieces. Each call says how many bytes it is done with; the others have to come again, in front of
/// those that follow. They are not looked at a second time.
package struct CSVParser: ~Copyable {
    /// The line of the next row's first byte, from 1, or that of the row that has begun.
    package internal(set) var line = 1

    let format: CSVFormat
    var cursor = RowCursor()
    var store: FieldStore
    let block = BlockScan()
    /// Whether the last row ended with CR, so that LF would still belong to its end.
    var isAfterReturn = false

    package init(_ format: CSVFormat) {
        self.format = format
        store = FieldStore(columns: nil, most: format.maximumFields)
    }

    /// Stores only some fields of the rows that follow, and gives them in this order; nil for all.
    ///
    /// - Parameter columns: from 0.
    package mutating func select(_ columns: [Int]?) throws(CSVError) {
        for column in columns ?? [] where !(0..<format.maximumFields).contains(column) {
            throw CSVError(
                .usage, "there can be no column \(column + 1)",
                advice: "columns are counted from 1, and a row has at most \(format.maximumFields)")
        }
        store = FieldStore(columns: columns, most: format.maximumFields)
        // A row that has begun is looked at again, as the fields found so far are gone.
        cursor = RowCursor()
    }
}
