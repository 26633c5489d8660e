import LuaRuntime

/// One run of one script: makes what it runs in, runs the text, and turns its end into a result.
struct ScriptRun: Sendable {
    let configuration: ScriptHost.Configuration
    let script: Script
    let arguments: [String]

    func run() async throws -> ScriptResult {
        let environment = try ScriptEnvironment(configuration, script: script, arguments: arguments)
        let result: Result<ScriptResult, any Error>
        do {
            result = .success(try await run(in: environment))
        } catch {
            result = .failure(error)
        }
        await environment.close()
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
        do {
            let values = try await lua.call(try await environment.prepare(), arguments.map { .string($0) })
            return ScriptResult(
                exitStatus: 0, values: values, memoryPeak: await lua.memoryPeak, duration: began.duration(to: .now))
        } catch {
            if let error = await environment.failure(error) { throw error }
            return ScriptResult(
                exitStatus: await lua.exitStatus ?? 0, values: [], memoryPeak: await lua.memoryPeak,
                duration: began.duration(to: .now))
        }
    }
}
