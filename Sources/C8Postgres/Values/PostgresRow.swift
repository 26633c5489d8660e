/// One row. Nothing is taken for granted of its columns: somebody may have changed the tables.
package struct PostgresRow: Sendable {
    let result: PostgresResult
    let number: Int

    /// As PostgreSQL writes it; nil for NULL and for a column that is not there.
    package func text(_ column: String) -> String? { result.text(number, column) }

    package func integer(_ column: String) -> Int64? { text(column).flatMap { Int64($0) } }

    package func number(_ column: String) -> Double? { text(column).flatMap { Double($0) } }

    package func boolean(_ column: String) -> Bool? {
        switch text(column) {
        case "t": true
        case "f": false
        default: nil
        }
    }
}
