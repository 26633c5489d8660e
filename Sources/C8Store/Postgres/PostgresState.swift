package import C8Postgres
import Synchronization

/// State that machines share: tables in a PostgreSQL database.
package final class PostgresState: Sendable {
    private let connection: PostgresConnection

    private init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Connects, makes the tables where there are none, and refuses those of another version.
    ///
    /// - Throws: ``PostgresError``, or what reading the password throws.
    package static func open(_ settings: PostgresSettings) async throws -> PostgresState {
        let connection = PostgresConnection(settings)
        let version = try await connection.perform { session, _ in try PostgresSchema.version(session) }
        if version == 0 {
            try await migrate(connection)
        } else {
            try await connection.perform { session, _ in try PostgresSchema.check(version, session.place) }
        }
        return PostgresState(connection)
    }

    /// Brings the tables to this program's version.
    ///
    /// - Returns: the version that they had, 0 for none, and the one that they have.
    package static func migrate(_ settings: PostgresSettings) async throws -> (from: Int, to: Int) {
        let connection = PostgresConnection(settings)
        // Whether somebody answers at all is known sooner than how long another machine takes.
        _ = try await connection.perform { session, _ in try PostgresSchema.version(session) }
        return try await migrate(connection)
    }

    /// What is known of the tables, without changing any.
    package static func status(_ settings: PostgresSettings) async throws -> PostgresStatus {
        try await PostgresConnection(settings).perform { session, _ in try PostgresStatus.read(session) }
    }

    @discardableResult
    private static func migrate(_ connection: PostgresConnection) async throws -> (from: Int, to: Int) {
        // Another machine may be at it, which takes its time.
        try await connection.perform(within: .seconds(60)) { session, _ in try PostgresSchema.migrate(session) }
    }

    /// See ``PostgresConnection/perform(within:_:)``.
    func perform<Value: Sendable>(
        within patience: Duration = PostgresConnection.patience,
        _ body: @escaping @Sendable (PostgresSession, _ isRepeated: Bool) throws -> Value
    ) async throws -> Value {
        try await connection.perform(within: patience, body)
    }
}
