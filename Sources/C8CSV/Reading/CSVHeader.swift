/// The names of a table's columns, in their order.
package struct CSVHeader: Sendable, Hashable {
    /// As the table's first row has them. A column without a name is called `column 3`, counted from 1.
    package let names: [String]
    private let places: [String: Int]

    /// - Throws: when two columns have the same name.
    init(_ row: borrowing CSVRow) throws(CSVError) {
        var names: [String] = []
        var places: [String: Int] = [:]
        names.reserveCapacity(row.width)
        for column in 0..<row.width {
            let text = row.field(column).map { String(decoding: $0, as: UTF8.self) } ?? ""
            let name = text.isEmpty ? "column \(column + 1)" : text
            if let other = places[name] {
                throw CSVError(
                    .header, line: row.line, column: column + 1,
                    "columns \(other + 1) and \(column + 1) have the same name: \(name)",
                    advice: "name them differently, or read the table without a header")
            }
            places[name] = column
            names.append(name)
        }
        self.names = names
        self.places = places
    }

    /// Of a table without any row.
    init() {
        (names, places) = ([], [:])
    }

    /// The place of a column, from 0.
    ///
    /// - Throws: when there is none of this name, with the names that there are.
    package func column(_ name: String) throws(CSVError) -> Int {
        if let place = places[name] { return place }
        if names.isEmpty {
            throw CSVError(
                .header, "there is no column \(name): the table is empty",
                advice: "give a table whose first row holds the names of the columns")
        }
        let more = names.count > 20 ? ", and \(names.count - 20) more" : ""
        let shown = names.prefix(20).joined(separator: ", ") + more
        let near = NearestColumn.find(name, among: names).map { "did you mean \($0)? " } ?? ""
        throw CSVError(
            .header, "there is no column \(name)",
            advice: near + "The columns are: \(shown)")
    }
}
