import C8Queue
import C8Store

/// What the queue commands share: the queue of the chosen state, and its errors as the operator's.
enum QueueSession {
    /// - Throws: `JobQueueError`, `ConfigurationError` where the state cannot be used.
    static func with<Result: Sendable>(
        _ options: FlowOptions, in context: CommandContext, _ body: (any JobQueue) async throws -> Result
    ) async throws -> Result {
        let printer = options.output.settings.printer
        let layers = try context.loader.load(options.platform.request, warn: printer.warn)
        let secrets = SecretReader(environment: context.loader.folders.environment, warn: printer.warn)
        return try await body(try await JobQueues.open(layers, secrets: secrets, warn: printer.warn))
    }
}
