import C8Client
import C8Run
import Logging

/// A platform for one command: the profile's, or the emulator's; closed again at the end.
enum APISession {
    static func with<Result: Sendable>(
        _ options: APIOptions, in context: CommandContext, dryRun: Bool = false,
        _ body: @escaping @Sendable (PlatformServices) async throws -> Result
    ) async throws -> Result {
        let settings = options.output.settings
        let layers = try context.loader.load(options.platform.request, warn: settings.printer.warn)
        let emulator = RunEmulator(bindings: layers.flags.bindings?.value ?? [], dryRun: dryRun)
        let usesEmulator = options.emulator
        let secrets = SecretReader(environment: context.loader.folders.environment, warn: settings.printer.warn)
        // Unless asked for, a command prints its answer alone; a long wait for a token is told all the same.
        let services = PlatformServices(logger: settings.logger(standardLevel: .notice)) {
            usesEmulator
                ? try await emulator.configuration()
                : try PlatformConfiguration(layers, dryRun: dryRun, secrets: secrets)
        }
        let task = Task { try await body(services) }
        context.signals.onStop { _ in
            task.cancel()
            // A write that is under way has a moment left, not the whole time of a call.
            Task { await services.drain(atMost: RunSession.grace) }
        }
        let result = await task.result
        await services.shutdown()
        await emulator.stop()
        return try result.get()
    }
}
