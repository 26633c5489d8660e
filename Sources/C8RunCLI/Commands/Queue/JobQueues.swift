import C8Postgres
import C8Queue
import C8Store

/// The queue that a configuration leads to.
enum JobQueues {
    /// - Parameter secrets: reads the password of a database.
    /// - Throws: `ConfigurationError` where no place for it is known or the folder cannot be used, `PostgresError` where the
    ///   database cannot be opened.
    static func open(
        _ layers: ConfigurationLayers, secrets: SecretReader, warn: @escaping @Sendable (String) -> Void
    ) async throws -> any JobQueue {
        switch try layers.state() {
        case .folder(let path):
            do {
                let state = try await StateStore.open(folder: path, notice: warn)
                if !state.isReadOnly { try await state.untilUnlocked() }
                return SQLiteJobQueue(state)
            } catch let error as StateStoreError {
                throw ConfigurationError(error.description, origin: .builtIn)
            }
        case .database(let url, let password):
            let settings = PostgresSettings(url, password: password, secrets: secrets)
            return PostgresJobQueue(try await PostgresState.open(settings))
        }
    }
}
