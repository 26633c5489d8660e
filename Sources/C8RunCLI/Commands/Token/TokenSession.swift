import C8Client
import C8Run
import Logging

/// What the token commands share: the token source of the chosen platform, closed again at the end.
enum TokenSession {
    /// Calls `body` with the token source that the options lead to.
    ///
    /// - Parameter storeUse: whether the command concerns the store itself, and fails where that cannot be used.
    static func with<Result: Sendable>(
        _ options: TokenOptions, in context: CommandContext, storeUse: StoreUse = .insists,
        _ body: @escaping @Sendable (TokenSource) async throws -> Result
    ) async throws -> Result {
        let printer = options.output.settings.printer
        let layers = try context.loader.load(options.platform.request, warn: printer.warn)
        let configuration = try PlatformConfiguration(
            layers, dryRun: false,
            secrets: SecretReader(environment: context.loader.folders.environment, warn: printer.warn))
        // Unless asked for, the commands print their answer alone; a long wait is told all the same.
        let services = PlatformServices(
            logger: options.output.settings.logger(standardLevel: .notice), storeUse: storeUse
        ) {
            configuration
        }
        let task = Task { try await body(try await services.tokens()) }
        context.signals.onStop { _ in task.cancel() }
        let result = await task.result
        await services.shutdown()
        return try result.get()
    }
}
