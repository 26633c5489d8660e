/// What a statement gives.
package struct PostgresRows: Sendable {
    private let result: PostgresResult?

    /// - Parameter result: nil for none.
    init(_ result: PostgresResult?) {
        self.result = result
    }

    package var count: Int { result?.rows ?? 0 }
    package var first: PostgresRow? { count > 0 ? result.map { PostgresRow(result: $0, number: 0) } : nil }
    package var all: [PostgresRow] {
        guard let result else { return [] }
        return (0..<result.rows).map { PostgresRow(result: result, number: $0) }
    }
}
