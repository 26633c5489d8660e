/// What a statement gives.
package struct PostgresRows: Sendable {
    private let columns: [String: Int]
    private let values: [[String?]]

    init(columns: [String], values: [[String?]]) {
        self.columns = Dictionary(columns.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        self.values = values
    }

    package var count: Int { values.count }
    package var first: PostgresRow? { values.first.map { PostgresRow(columns: columns, values: $0) } }
    package var all: [PostgresRow] { values.map { PostgresRow(columns: columns, values: $0) } }
}
