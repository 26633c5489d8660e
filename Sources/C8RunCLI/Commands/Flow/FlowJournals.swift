import C8Flow
import C8Postgres
import C8Store

/// The journal of flows that a configuration leads to.
enum FlowJournals {
    /// - Parameter secrets: reads the password of a database.
    /// - Throws: `ConfigurationError` where no place for it is known, `StateStoreError` or `PostgresError` where it cannot be
    ///   opened.
    static func open(
        _ layers: ConfigurationLayers, secrets: SecretReader, warn: @escaping @Sendable (String) -> Void
    ) async throws -> any FlowJournal {
        switch try layers.state() {
        case .folder(let path): return SQLiteFlowJournal(try await StateStore.open(folder: path, notice: warn))
        case .database(let url, let password):
            let settings = PostgresSettings(url, password: password, secrets: secrets)
            return PostgresFlowJournal(try await PostgresState.open(settings))
        }
    }
}
