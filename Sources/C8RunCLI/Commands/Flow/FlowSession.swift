import C8Client
import C8Flow
import C8Store

/// What the flow commands share: the journal of the chosen state, and its errors as the operator's.
enum FlowSession {
    /// - Throws: `UsageError` for what cannot be done with that flow or step, `ConfigurationError` where the journal cannot
    ///   be used.
    static func with<Result: Sendable>(
        _ options: FlowOptions, in context: CommandContext, _ body: (any FlowJournal) async throws -> Result
    ) async throws -> Result {
        let printer = options.output.settings.printer
        let layers = try context.loader.load(options.platform.request, warn: printer.warn)
        do {
            let secrets = SecretReader(environment: context.loader.folders.environment, warn: printer.warn)
            return try await body(try await FlowJournals.open(layers, secrets: secrets, warn: printer.warn))
        } catch let error as FlowNameError {
            throw UsageError("\(error)")
        } catch let error as StateStoreError {
            throw ConfigurationError(error.description, origin: .builtIn)
        } catch let error as FlowJournalError {
            switch error {
            case .unreachable: throw ClientError(kind: .network, message: error.description, outcome: .notSent)
            case .storage, .damaged: throw ConfigurationError(error.description, origin: .builtIn)
            default: throw UsageError(error.description)
            }
        }
    }
}
