import C8Emulator
import C8Run
import Logging

/// One run of one script: reads it, makes the host, and ends with an exit code.
struct RunSession: Sendable {
    var source: ScriptSource
    var arguments: [String]
    var options: RunOptions
    var output: OutputOptions
    var platform: ConfigurationRequest
    /// Nil with `--emulator`, which needs no configuration.
    var layers: ConfigurationLayers?
    var folders: ConfigurationFolders

    /// Runs the script; a signal cancels it, and the code then tells the signal.
    func run(signals: SignalWatch) async throws -> Int32 {
        let script = try ScriptReader.read(source)
        let logger = output.logger()
        let emulator = RunEmulator(bindings: platform.bindings.map { absolute($0) }, dryRun: options.dryRun)
        let services = PlatformServices(logger: logger) {
            if let layers { return try platformConfiguration(layers) }
            return try await emulator.configuration()
        }
        var configuration = ScriptHost.Configuration(
            grants: grants, limits: limits, platform: services,
            profileName: layers.map { $0.profileName ?? "environment" } ?? "emulator", isDryRun: options.dryRun,
            standardOutput: Self.writeOutput, logger: logger)
        configuration.profileName = layers == nil ? "emulator" : layers?.profileName ?? "environment"
        configuration.isDryRun = options.dryRun
        let host = ScriptHost(configuration: configuration)
        let task = Task { try await host.run(script, arguments: arguments) }
        signals.onStop { _ in task.cancel() }
        let result = await task.result
        await services.shutdown()
        await emulator.stop()
        // A script that caught the cancellation, or finished just then, still ends by the signal.
        if let signal = signals.received { return ExitCode(stoppedBy: signal).number }
        return try result.get().exitStatus
    }

    private var grants: ScriptHost.Grants {
        var grants = ScriptHost.Grants()
        grants.withheldEnvironment = layers?.secretVariables ?? []
        grants.token = options.allowToken || options.allowAll
        switch options.environmentGrant {
        case .all?: grants.environment = .all
        case .names(let names)?: grants.environment = .names(Set(names))
        case nil: grants.environment = .none
        }
        return grants
    }

    private var limits: ScriptHost.Limits {
        ScriptHost.Limits(
            maximumMemory: options.maxMemory?.bytes ?? 512 << 20, timeout: options.timeout?.duration,
            maximumInstructions: options.maxInstructions)
    }

    private func platformConfiguration(_ layers: ConfigurationLayers) throws -> PlatformConfiguration {
        try PlatformConfiguration(
            layers, dryRun: options.dryRun,
            secrets: SecretReader(environment: folders.environment, warn: output.printer.warn))
    }

    private func absolute(_ path: String) -> String {
        FilePath.absolute(path, relativeTo: folders.workingDirectory, home: folders.home)
    }

    @Sendable private static func writeOutput(_ bytes: [UInt8]) throws {
        if let number = OutputStream.standardOutput.write(bytes) { throw OutputError(number: number) }
    }
}
