import C8Client
import C8HTTP
import C8Sandbox
import Logging
import LuaRuntime

/// What a script runs in: a Lua state with all modules, its bounds, and what its functions hold open.
struct ScriptEnvironment: Sendable {
    let lua: LuaScript
    let stop: ScriptStop
    private let configuration: ScriptHost.Configuration
    private let script: Script
    private let failure: OutputFailure
    private let globals: GlobalsModule
    /// What requests of `c8.http` go through.
    private let link: Traffic.Link

    /// Makes the state; nothing is in it yet.
    ///
    /// - Parameter isInterruptible: whether the script is called again and again, and each call may be ended by itself.
    /// - Throws: ``ScriptError``.
    init(
        _ configuration: ScriptHost.Configuration, script: Script, arguments: [String], isInterruptible: Bool = false
    ) throws {
        let stop = ScriptStop(isInterruptible: isInterruptible)
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
        let modules = try ScriptModules(configuration.modules)
        var network = try configuration.grants.networkGrants
        if let ceiling = configuration.ceiling { network.ceilings = [ceiling.network] }
        var secrets: [String: OpaqueSecret] = [:]
        for (name, secret) in configuration.traffic.secrets(configuration.secrets) {
            secrets[name] = try OpaqueSecret(secret, name: name)
        }
        do {
            lua = try LuaScript(
                limits: Self.limits(configuration.limits), stop: stop, countsLines: configuration.lineCounts != nil,
                wait: LazySocketLoop()
            ) { write(Array($0)) }
        } catch {
            throw ScriptError(error, script: script, stopPosition: nil, limits: configuration.limits)
        }
        link = configuration.traffic.link(base: nil, logger: configuration.logger)
        globals = GlobalsModule(
            configuration: configuration, script: script, arguments: arguments, network: network, secrets: secrets,
            connections: link.transport,
            flows: FlowRuns(
                configuration.flows, guardian: configuration.writeGuard, logger: configuration.logger), modules: modules
        )
        globals.lua.set(lua)
        self.stop = stop
        self.configuration = configuration
        self.script = script
        self.failure = failure
    }

    /// Compiles the script, then installs modules and globals: a syntax error needs no more than the former.
    ///
    /// - Parameter chunk: what is run in the script's place.
    func prepare(_ chunk: EmbeddedChunk? = nil) async throws(LuaError) -> LuaFunction {
        try await lua.withState { [configuration = globals.configuration] state throws(LuaError) in
            if let clock = configuration.timer ?? configuration.clock {
                state.sleep = { try await clock.sleep(seconds: $0) }
            }
            state.onUnraised = { error in Self.tell(error, configuration) }
            let function =
                if let chunk { try state.load(chunk) } else {
                    try state.load(script.chunk, chunkName: Self.chunkName(script.name))
                }
            try globals.install(in: state)
            return function
        }
    }

    /// Ends what is open. Nothing of the script is called any more.
    func close() async {
        await lua.end()
        // Before the connections, on which writes of a stopped script may still be under way.
        await globals.flows.close()
        await link.shutdown()
    }

    /// Gives up the flows of a call that was ended from outside.
    func abandonFlows() async { await globals.flows.abandon() }

    /// What an error of the script is for whoever runs it; nil where it is no error, but `os.exit`.
    func failure(_ error: LuaError) async -> (any Error)? {
        if let error = failure.error { return error }
        if let message = globals.flows.stopMessage {
            var stopped = ScriptError(kind: .unresolved, message: message)
            stopped.traceback = error.traceback
            return stopped
        }
        if error.kind == .stopped(.exit), await lua.exitStatus != nil { return nil }
        return ScriptError(error, script: script, stopPosition: error.stopPosition, limits: configuration.limits)
    }

    /// An error of a task that the script's own end leaves no room for.
    private static func tell(_ error: LuaError, _ configuration: ScriptHost.Configuration) {
        // It did not fail: it ended with the script, whose own end says why.
        if case .stopped = error.kind { return }
        let lines = error.traceback.prefix(20).joined(separator: "; ")
        guard configuration.mayLog(error.message.utf8.count + lines.utf8.count) else { return }
        configuration.logger.warning(
            "a further task failed, which nobody awaited: \(error.message)", metadata: ["traceback": "\(lines)"])
    }

    /// A path is a file's name; anything in parentheses is shown as it is.
    static func chunkName(_ name: String) -> String {
        name.hasPrefix("(") || name == "stdin" ? "=\(name)" : "@\(name)"
    }

    private static func limits(_ limits: ScriptHost.Limits) -> LuaLimits {
        LuaLimits(
            memory: limits.maximumMemory, instructions: limits.maximumInstructions.map { UInt64(max(0, $0)) })
    }
}
