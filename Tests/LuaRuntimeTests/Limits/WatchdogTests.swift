import LuaRuntime
import Testing

@Suite struct WatchdogTests {
    @Test(arguments: [Duration.zero, .milliseconds(-5), .milliseconds(30)])
    func endlessScriptIsStopped(_ timeout: Duration) async throws {
        let stop = ScriptStop()
        let watchdog = try Watchdog(timeout: timeout, stop: stop)
        let error = try await failure(of: "while true do end", stop: stop)
        watchdog.cancel()
        #expect(error.kind == .stopped(.timeout))
    }

    @Test func cancelledOneStopsNothing() async throws {
        let stop = ScriptStop()
        for seconds in [0.2, 1e9] { try Watchdog(timeout: .seconds(seconds), stop: stop).cancel() }
        // Longer than the first deadline, so that a watch that went on would be seen.
        try await Task.sleep(for: .milliseconds(400))
        #expect(stop.reason == nil)
    }
}
