import LuaRuntime

/// One run of one script: makes what it runs in, runs the text, and turns its end into a result.
struct ScriptRun: Sendable {
    private let configuration: ScriptHost.Configuration
    private let script: Script
    private let arguments: [String]
    private let output: OutputCollector
    private let errors: OutputCollector

    init(
        configuration: ScriptHost.Configuration, script: Script, arguments: [String], output: ScriptOutput,
        errors: ScriptOutput
    ) {
        var configuration = configuration
        let hostErrors = configuration.standardError
        let (output, errors) = (
            OutputCollector(output, host: configuration.standardOutput),
            OutputCollector(errors, host: { hostErrors($0) })
        )
        configuration.standardOutput = { try output.write($0) }
        // Nobody is told of an error here: the script's own output is what ends it.
        configuration.standardError = { try? errors.write($0) }
        self.configuration = configuration
        self.script = script
        self.arguments = arguments
        self.output = output
        self.errors = errors
    }

    func run() async throws -> ScriptResult {
        var result: Result<ScriptResult, any Error>
        do {
            let environment = try ScriptEnvironment(configuration, script: script, arguments: arguments)
            // On the script's thread: each step that is taken elsewhere costs two changes of threads.
            result = await withTaskExecutorPreference(environment.lua.executor) {
                let result: Result<ScriptResult, any Error>
                do {
                    result = .success(try await run(in: environment))
                } catch {
                    result = .failure(error)
                }
                await environment.close()
                return result
            }
        } catch {
            result = .failure(error)
        }
        do {
            try output.end()
            try errors.end()
        } catch {
            if case .success = result { result = .failure(error) }
        }
        return try result.get()
    }

    private func run(in environment: ScriptEnvironment) async throws -> ScriptResult {
        let lua = environment.lua
        let watchdog: Watchdog?
        do {
            watchdog = try configuration.limits.timeout.map { timeout throws(LuaError) in
                try Watchdog(timeout: timeout, stop: environment.stop)
            }
        } catch {
            throw ScriptError(error, script: script, stopPosition: nil, limits: configuration.limits)
        }
        defer { watchdog?.cancel() }
        let began = ContinuousClock.now
        var result = ScriptResult()
        do {
            result.values = try await call(try await environment.prepare(), of: lua)
            configuration.lineCounts?(await lua.lineCounts)
        } catch {
            configuration.lineCounts?(await lua.lineCounts)
            if let error = await environment.failure(error) { throw error }
            result.exitStatus = await lua.exitStatus ?? 0
        }
        result.memoryPeak = await lua.memoryPeak
        result.duration = began.duration(to: .now)
        result.standardOutput = output.captured
        result.standardError = errors.captured
        return result
    }

    /// By the driver, where there is one.
    private func call(_ chunk: LuaFunction, of lua: LuaScript) async throws(LuaError) -> [LuaValue] {
        let arguments = arguments.map { LuaValue.string($0) }
        guard let driver = configuration.driver else { return try await lua.call(chunk, arguments) }
        let start = try await lua.load(EmbeddedLibrary.chunk(driver))
        return try await lua.call(start, [.function(chunk)] + arguments)
    }
}
