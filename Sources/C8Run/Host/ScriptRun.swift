import LuaRuntime

/// One run of one script: makes the state, installs the modules, runs the text, and turns its end into a result.
struct ScriptRun: Sendable {
    let configuration: ScriptHost.Configuration
    let script: Script
    let arguments: [String]

    func run() async throws -> ScriptResult {
        let stop = ScriptStop()
        let failure = OutputFailure()
        let budget = OutputBudget(limit: configuration.limits.maximumOutput, stop: stop)
        var configuration = configuration
        let (output, errorOutput) = (configuration.standardOutput, configuration.standardError)
        let write: @Sendable ([UInt8]) -> Void = { bytes in
            guard budget.spend(bytes.count) else { return }
            do {
                try output(bytes)
            } catch {
                failure.note(error)
                stop.request(.cancelled)
            }
        }
        configuration.standardOutput = write
        configuration.standardError = { bytes in if budget.spend(bytes.count) { errorOutput(bytes) } }
        configuration.mayLog = { budget.spend($0) }
        let network = try configuration.grants.networkGrants
        var secrets: [String: OpaqueSecret] = [:]
        for (name, secret) in configuration.traffic.secrets(configuration.secrets) {
            secrets[name] = try OpaqueSecret(secret, name: name)
        }
        let connections = configuration.traffic.link(base: nil, logger: configuration.logger)
        let flows = FlowRuns(configuration.flows, logger: configuration.logger)
        let globals = GlobalsModule(
            configuration: configuration, script: script, arguments: arguments, network: network, secrets: secrets,
            connections: connections.transport, flows: flows)
        let result: Result<ScriptResult, any Error>
        do {
            result = .success(try await run(globals, stop, failure, write))
        } catch {
            result = .failure(error)
        }
        // Before the connections, on which writes of a stopped script may still be under way.
        await flows.close()
        await connections.shutdown()
        return try result.get()
    }

    private func run(
        _ globals: GlobalsModule, _ stop: ScriptStop, _ failure: OutputFailure,
        _ write: @escaping @Sendable ([UInt8]) -> Void
    ) async throws -> ScriptResult {
        let lua: LuaScript
        let watchdog: Watchdog?
        do {
            lua = try LuaScript(limits: luaLimits, stop: stop) { write(Array($0)) }
            watchdog = try configuration.limits.timeout.map { timeout throws(LuaError) in
                try Watchdog(timeout: timeout, stop: stop)
            }
        } catch {
            throw ScriptError(error, script: script, stopPosition: nil, limits: configuration.limits)
        }
        defer { watchdog?.cancel() }
        globals.lua.set(lua)
        do {
            let chunk = try await lua.withState { state throws(LuaError) in try prepare(state, globals) }
            _ = try await lua.call(chunk, arguments.map { .string($0) })
            return ScriptResult(exitStatus: 0, memoryPeak: await lua.memoryPeak)
        } catch {
            if let error = failure.error { throw error }
            if let message = globals.flows.stopMessage {
                var stopped = ScriptError(kind: .unresolved, message: message)
                stopped.traceback = error.traceback
                throw stopped
            }
            if error.kind == .stopped(.exit), let status = await lua.exitStatus {
                return ScriptResult(exitStatus: status, memoryPeak: await lua.memoryPeak)
            }
            throw ScriptError(
                error, script: script, stopPosition: await lua.stopPosition, limits: configuration.limits)
        }
    }

    /// Installs modules and globals, and compiles the script last: a syntax error needs no more than that.
    private func prepare(
        _ state: LuaState, _ globals: GlobalsModule
    ) throws(LuaError) -> LuaFunction {
        let chunk = try state.load(script.chunk, chunkName: chunkName)
        try globals.install(in: state)
        return chunk
    }

    /// A path is a file's name; anything in parentheses is shown as it is.
    private var chunkName: String {
        script.name.hasPrefix("(") || script.name == "stdin" ? "=\(script.name)" : "@\(script.name)"
    }

    private var luaLimits: LuaLimits {
        LuaLimits(
            memory: configuration.limits.maximumMemory,
            instructions: configuration.limits.maximumInstructions.map { UInt64(max(0, $0)) })
    }
}
