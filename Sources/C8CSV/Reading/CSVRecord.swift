/// A row that may be kept.
package struct CSVRecord: Sendable, Hashable {
    /// The line of the row's first byte, from 1.
    package let line: Int
    /// The fields that were selected, in that order, or all. Nil where the row ends before the field.
    package let fields: [String?]

    package init(line: Int, fields: [String?]) {
        self.line = line
        self.fields = fields
    }

    package init(_ row: borrowing CSVRow) {
        line = row.line
        fields = (0..<row.width).map { row.text($0) }
    }
}
