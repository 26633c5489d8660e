import C8Postgres
import PostgresServer

/// A database of a test's own.
enum TestDatabase {
    /// What tests of it alone are left out with.
    static let isPossible = PostgresServer.isPossible

    static func make() async throws -> PostgresSettings {
        let server = try PostgresServer.shared()
        return PostgresSettings(server.url(try await server.makeDatabase()))
    }
}
