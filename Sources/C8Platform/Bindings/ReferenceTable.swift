/// The table of a reference page, such as a list of error codes, as the documentation has it.
package struct ReferenceTable: Sendable, Hashable {
    /// The reference page.
    package let id: OperationID
    /// The heads of the columns, in the page's words.
    package let columns: [String]
    /// The rows; each has as many cells as there are columns.
    package let rows: [[String]]
    /// Where the table was taken from, such as the page's title.
    package let source: String?

    /// A table; a file is read with ``BindingSet``.
    package init(id: OperationID, columns: [String], rows: [[String]], source: String? = nil) {
        self.id = id
        self.columns = columns
        self.rows = rows
        self.source = source
    }

    /// Meanings by code, where the page is one of codes: the first column with integers alone is the code, the first
    /// other one its meaning. Empty where there is no such column.
    package var meanings: [Int64: String] {
        let code = columns.indices.first { column in
            !rows.isEmpty && rows.allSatisfy { Int64($0[column]) != nil }
        }
        guard let code, let meaning = columns.indices.first(where: { $0 != code }) else { return [:] }
        return Dictionary(
            rows.compactMap { row in Int64(row[code]).map { ($0, row[meaning]) } },
            uniquingKeysWith: { first, _ in first })
    }
}
