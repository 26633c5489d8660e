import C8Postgres
import C8Store

/// What the state commands share: the state that the configuration leads to.
struct StateSession {
    private let location: StateLocation
    private let secrets: SecretReader
    private let warn: @Sendable (String) -> Void

    /// - Throws: `ConfigurationError` where no place for a state is known.
    init(_ options: FlowOptions, in context: CommandContext) throws {
        warn = options.output.settings.printer.warn
        location = try context.loader.load(options.platform.request, warn: warn).state()
        secrets = SecretReader(environment: context.loader.folders.environment, warn: warn)
    }

    /// What is known of it, without changing any.
    ///
    /// - Throws: `ConfigurationError` or `PostgresError`.
    func status() async throws -> StateStatus {
        switch location {
        case .folder(let path):
            do {
                return StateStatus(try await StateStore.status(folder: path))
            } catch {
                throw ConfigurationError(error.description, origin: .builtIn)
            }
        case .database(let url, let password):
            return StateStatus(
                try await PostgresState.status(PostgresSettings(url, password: password, secrets: secrets)))
        }
    }

    /// Returns the version that the tables had, 0 for none, and the one that they have.
    ///
    /// - Throws: `ConfigurationError` or `PostgresError`.
    func migrate() async throws -> (from: Int, to: Int) {
        switch location {
        case .folder(let path):
            do throws(StateStoreError) {
                let before = try await StateStore.status(folder: path).version
                _ = try await StateStore.open(folder: path, notice: warn)
                return (before, try await StateStore.status(folder: path).version)
            } catch {
                throw ConfigurationError(error.description, origin: .builtIn)
            }
        case .database(let url, let password):
            return try await PostgresState.migrate(PostgresSettings(url, password: password, secrets: secrets))
        }
    }
}
