import C8Client
import C8Emulator
import C8Flow
import C8Run
import C8Sandbox
import C8Store
import Logging

/// One run of one script: everything that was read beforehand, and the run itself, which ends with an exit code.
struct RunSession: Sendable {
    let script: Script
    let scriptArguments: [String]
    let arguments: RunArguments
    /// What the command line and the permissions file grant together.
    let granted: RunGrants
    /// Nil with `--emulator`, which needs no configuration.
    let layers: ConfigurationLayers?
    let folders: ConfigurationFolders
    /// What `--record` and `--replay` say.
    let recorded: RecordedTraffic
    /// Run the commands that give secrets from behind the wall.
    private var secretHelpers: [[String]: SecretHelper] = [:]
    /// What the kernel holds this process to; nil where nothing was asked of it.
    private var wall: KernelWallReport?
    private var metrics: MetricsFile?

    /// Reads configuration and script; nothing else is opened before the script needs it.
    ///
    /// - Throws: `UsageError`, `ConfigurationError`, `UnreadableScript`.
    init(_ arguments: RunArguments, loader: ConfigurationLoader) throws {
        let (source, scriptArguments) =
            arguments.isRepl
            ? (nil, []) : try ScriptSource.split(code: arguments.code, positionals: arguments.positionals)
        try arguments.checkEmulator()
        try arguments.checkRecordings()
        try arguments.grants.checkHosts()
        try self.init(
            arguments,
            // What is typed finds modules where it is typed.
            script: {
                try source.map { try ScriptReader.read($0) }
                    ?? Script(source: [], name: PromptSession.name, folder: ".")
            }, scriptArguments: scriptArguments, loader: loader)
    }

    /// The same for a script that is at hand.
    init(_ arguments: RunArguments, script: Script, scriptArguments: [String], loader: ConfigurationLoader) throws {
        try self.init(arguments, script: { script }, scriptArguments: scriptArguments, loader: loader)
    }

    private init(
        _ arguments: RunArguments, script: () throws -> Script, scriptArguments: [String], loader: ConfigurationLoader
    ) throws {
        layers =
            arguments.usesEmulator
            ? nil : try loader.load(arguments.platform, warn: arguments.output.printer.warn)
        self.script = try script()
        let folders = loader.folders
        self.folders = folders
        let absolute = { (path: String) in
            FilePath.absolute(path, relativeTo: folders.workingDirectory, home: folders.home)
        }
        recorded = try RecordedTraffic(
            record: arguments.recordFile.map(absolute), replay: arguments.replayFile.map(absolute))
        var granted = arguments.grants
        if let file = arguments.permissionsFile {
            granted = granted.united(
                with: try PermissionsFile.read(absolute(file), home: folders.home, readFile: loader.readFile))
        }
        self.granted = granted
        self.arguments = arguments
        self.scriptArguments = scriptArguments
    }

    /// Puts the process behind the kernel's wall. To be called once, while it has a single thread.
    ///
    /// - Throws: `ConfigurationError` with `--require-kernel-sandbox`, where a part of the wall is not to be had, and for a
    ///   file of metrics that cannot be written.
    ///
    /// - Parameter adjust: opens what else is needed.
    mutating func confine(_ adjust: (inout KernelWall) -> Void = { _ in }) throws(ConfigurationError) {
        SystemClock.prepare()
        if let file = arguments.metricsFile { metrics = try MetricsFile(absolute(file)) }
        // Settings that are incomplete are told to the script that calls the platform; nothing is sent then.
        let settings = recorded.isReplay ? nil : layers.flatMap { try? $0.platformSettings() }
        let state = recorded.isReplay ? nil : try? layers?.state()
        if let settings {
            // A rule needs a folder that exists. Whoever opens the state later says what is wrong with it.
            if case .folder(let path) = settings.state { try? StateStore.makeFolder(path) }
        } else if case .folder(let path)? = state {
            // Flows need no platform.
            try? StateStore.makeFolder(path)
        }
        var sources = [settings?.secret.value.source].compactMap { $0 } + hostSecretSources
        if case .database(_, let password?)? = state { sources.append(password.value.source) }
        for source in sources {
            guard case .command(let command) = source, secretHelpers[command] == nil else { continue }
            secretHelpers[command] = try? SecretHelper(SecretReader.command(command))
        }
        ProcessEnvironment.take((layers?.secretVariables ?? []).union(["C8_SECRET_KEY", "C8_SECRET_KEY_SIGN"]))
        var bounds = RunWall.wall(
            grants: granted, usesEmulator: arguments.usesEmulator, settings: settings,
            scriptFolder: script.folder,
            readable: (layers?.bindings ?? []) + arguments.platform.bindings.map { absolute($0) }
                + hostSecretSources.compactMap { if case .file(let path) = $0 { path } else { nil } },
            state: state, folders: folders)
        recorded.adjust(&bounds)
        adjust(&bounds)
        let report = bounds.apply()
        wall = report
        if arguments.requiresKernelSandbox, !report.lacking.isEmpty {
            throw ConfigurationError(
                "this machine lacks " + report.lacking.map(\.description).joined(separator: "; "),
                origin: .flag("--require-kernel-sandbox"))
        }
    }

    /// Runs the script; a signal cancels it, and the code then tells the signal.
    ///
    /// - Parameter executor: where its end is waited for; nil for the shared pool.
    func run(signals: SignalWatch, on executor: (any TaskExecutor)? = nil) async throws -> Int32 {
        try await measured(signals: signals) { try await runScript(signals: signals, on: executor) }
    }

    /// Does the work, and writes the metrics at its end.
    func measured(signals: SignalWatch, _ body: () async throws -> Int32) async throws -> Int32 {
        let began = ContinuousClock.now
        do {
            let status = try await body()
            writeMetrics(status, since: began)
            return status
        } catch {
            let limit = (error as? ScriptError).flatMap { Self.limits[$0.kind] }
            writeMetrics(CommandFailure(error, stoppedBy: signals.received).exitCode.number, since: began, limit: limit)
            throw error
        }
    }

    private static let limits: [ScriptError.Kind: String] = [
        .memoryLimit: "memory", .timeLimit: "time", .instructionLimit: "instructions", .outputLimit: "output",
    ]

    private func writeMetrics(_ status: Int32, since began: ContinuousClock.Instant, limit: String? = nil) {
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        if let problem = metrics?.write(status: status, seconds: seconds, limit: limit) {
            arguments.output.printer.warn(problem)
        }
    }

    /// Where everything is counted, for the file of `--metrics`.
    var registry: PrometheusRegistry? { metrics?.registry }

    private func runScript(signals: SignalWatch, on executor: (any TaskExecutor)?) async throws -> Int32 {
        let end = await withHost(output: Self.writeOutput) { host, _ in
            let task = Task(executorPreference: executor) { try await host.run(script, arguments: scriptArguments) }
            signals.onStop { _ in task.cancel() }
            do {
                return RunEnd.status(try await task.value.exitStatus)
            } catch {
                return RunEnd.error(error)
            }
        }
        // A script that caught the cancellation, or finished just then, still ends by the signal.
        if let signal = signals.received { return ExitCode(stoppedBy: signal).number }
        switch end {
        case .status(let status): return status
        case .error(let error): throw error
        }
    }

    /// Makes the host and the platform behind it for as long as the body runs, and lets writes under way end after it.
    ///
    /// - Parameters:
    ///   - output: receives what scripts print.
    ///   - registry: where calls are counted; nil for the file of `--metrics`, if there is one.
    func withHost<Result>(
        output: @escaping @Sendable ([UInt8]) throws -> Void, metrics registry: PrometheusRegistry? = nil,
        _ body: (ScriptHost, PlatformServices) async -> Result
    ) async -> Result {
        let logger = arguments.output.logger()
        if let wall { Self.log(wall, to: logger) }
        let emulator = RunEmulator(
            bindings: arguments.platform.bindings.map { absolute($0) }, dryRun: arguments.dryRun)
        let services = PlatformServices(logger: logger, metrics: registry ?? self.registry, traffic: recorded.traffic) {
            if recorded.isReplay {
                return RecordedTraffic.replayConfiguration(
                    layers, bindings: arguments.platform.bindings.map { absolute($0) }, dryRun: arguments.dryRun)
            }
            if let layers { return try platformConfiguration(layers) }
            return try await emulator.configuration()
        }
        var configuration = hostConfiguration(logger: logger)
        configuration.platform = services
        configuration.standardOutput = output
        configuration.flows = flows
        configuration.progress = TerminalProgress.output(
            arguments.progress, stream: arguments.output.printer.stream, logger: logger)
        let host = ScriptHost(configuration: configuration)
        let result = await body(host, services)
        // However the script ended: a time limit or os.exit may have left a task's write under way.
        await services.shutdown(grace: Self.grace)
        await emulator.stop()
        recorded.finish(logger, warn: arguments.output.printer.warn)
        return result
    }

    /// What scripts may touch and see; platform, flows and progress are still to be added.
    func hostConfiguration(logger: Logger) -> ScriptHost.Configuration {
        var configuration = ScriptHost.Configuration(
            grants: hostGrants(granted), limits: limits,
            profileName: layers.map { $0.profileName ?? "environment" } ?? "emulator", isDryRun: arguments.dryRun,
            standardOutput: Self.writeOutput, logger: logger)
        configuration.secrets = secrets
        configuration.traffic = recorded.traffic
        return configuration
    }

    /// For writes that are under way when a script ends; shorter than what service managers wait until they kill.
    static let grace = Duration.seconds(8)

    /// The journal of flows lies beside the tokens. The emulator's orders end with the process, and so do its flows; what a
    /// dry run makes up, or a replay tells once more, is for nobody else.
    private var flows: FlowServices {
        let warn = arguments.output.printer.warn
        return FlowServices(input: arguments.input) { [layers, arguments, recorded, secrets = secretReader] in
            guard let layers, !arguments.dryRun, !recorded.isReplay else { return MemoryFlowJournal() }
            return try await FlowJournals.open(layers, secrets: secrets, warn: warn)
        }
    }

    /// Grants as the host takes them, with what is out of reach whatever is granted.
    func hostGrants(_ granted: RunGrants) -> ScriptHost.Grants {
        var grants = ScriptHost.Grants()
        grants.withheldEnvironment = layers?.secretVariables ?? []
        // A URL may hold a password, and libpq takes one from the environment.
        if case .database? = try? layers?.state() { grants.withheldEnvironment.formUnion(["C8_STATE", "PGPASSWORD"]) }
        grants.token = granted.token
        grants.environment = Self.environment(granted.environment)
        grants.denyEnvironment = Self.environment(granted.denyEnvironment)
        grants.network = Self.hosts(granted.net)
        grants.denyNetwork = Self.hosts(granted.denyNet)
        grants.read = files(granted.read)
        grants.write = files(granted.write)
        grants.denyRead = files(granted.denyRead)
        grants.denyWrite = files(granted.denyWrite)
        grants.withheldFiles = withheldFiles
        return grants
    }

    private static func environment(_ list: GrantList?) -> ScriptHost.Grants.Environment {
        guard let list else { return .none }
        return list.isAll ? .all : .names(Set(list.names))
    }

    private static func hosts(_ list: GrantList?) -> ScriptHost.Grants.Network {
        guard let list else { return .none }
        return list.isAll ? .everywhere(and: list.names) : .hosts(list.names)
    }

    private func files(_ list: GrantList?) -> ScriptHost.Grants.Files {
        guard let list else { return .none }
        return list.isAll ? .all : .paths(list.names.map { absolute($0) })
    }

    /// Files of c8run itself: its state, its configuration, and where secrets are kept.
    private var withheldFiles: Set<String> {
        var paths = Set(layers?.secretFiles ?? [])
        let folders = [folders.defaultStateFolder, folders.defaultConfigurationFile, layers?.file, layers?.stateFolder]
        paths.formUnion(folders.compactMap { $0 })
        if let file = arguments.permissionsFile { paths.insert(absolute(file)) }
        if let file = recorded.file { paths.insert(file.path) }
        return paths
    }

    private var limits: ScriptHost.Limits {
        ScriptHost.Limits(
            maximumMemory: arguments.maximumMemory ?? 512 << 20, timeout: arguments.timeout,
            maximumInstructions: arguments.maximumInstructions, maximumOutput: arguments.maximumOutput ?? 1 << 30)
    }

    func platformConfiguration(_ layers: ConfigurationLayers) throws -> PlatformConfiguration {
        try PlatformConfiguration(
            layers, dryRun: arguments.dryRun,
            secrets: secretReader)
    }

    var secretReader: SecretReader {
        SecretReader(environment: folders.environment, warn: arguments.output.printer.warn, helpers: secretHelpers)
    }

    /// The secrets of other systems that the profile names.
    private var secrets: [String: HostSecret] {
        let reader = secretReader
        return (layers?.secrets ?? [:]).mapValues { reference in
            HostSecret(host: reference.host) {
                do throws(ConfigurationError) {
                    return try await reader.read(reference.secret)
                } catch {
                    throw ClientError(error)
                }
            }
        }
    }

    private var hostSecretSources: [SecretReference.Source] {
        recorded.isReplay ? [] : (layers?.secrets ?? [:]).values.map(\.secret.value.source)
    }

    private static func log(_ wall: KernelWallReport, to logger: Logger) {
        logger.debug("kernel sandbox: \(wall.line)")
        guard !wall.lacking.isEmpty else { return }
        let parts = wall.lacking.map(\.description).joined(separator: "; ")
        logger.warning("the kernel's sandbox is not whole, c8run's own checks still hold: \(parts)")
    }

    func absolute(_ path: String) -> String {
        FilePath.absolute(path, relativeTo: folders.workingDirectory, home: folders.home)
    }

    @Sendable private static func writeOutput(_ bytes: [UInt8]) throws {
        if let number = OutputStream.standardOutput.write(bytes) { throw OutputError(number: number) }
    }
}
