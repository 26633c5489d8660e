import C8Run
import Testing

/// The code of the article "What scripts may do", compiled and run.
@Suite struct SandboxSnippets {
    @Test func grants() async throws {
        // snippet: grants
        var configuration = ScriptHost.Configuration()
        configuration.grants.read = .paths(["/srv/orders"])
        configuration.grants.network = .hosts(["erp.example.com:443"])
        configuration.grants.environment = .names(["TZ"])
        configuration.limits = ScriptHost.Limits(
            maximumMemory: 64 << 20, timeout: .seconds(30), maximumOutput: 1 << 20)
        let host = ScriptHost(configuration: configuration)

        let careful = host.with { $0.grants = ScriptHost.Grants() }
        // end
        let error = await #expect(throws: ScriptError.self) {
            try await careful.run("require 'c8.fs'.read '/srv/orders/1'")
        }
        #expect(error?.kind == .denied)
        #expect(host.configuration.grants.read == .paths(["/srv/orders"]))
    }

    @Test func ends() async throws {
        let host = ScriptHost().with { $0.limits.timeout = .milliseconds(50) }
        let script: Script = "while true do end"
        // snippet: ends
        do {
            try await host.run(script)
        } catch let error as ScriptError {
            switch error.kind {
            case .compile: print("does not compile:", error.message)
            case .denied: print("may not:", error.message)
            case .timeLimit, .memoryLimit, .outputLimit: print("took too much:", error.message)
            case .cancelled: print("we ended it ourselves")
            default: print(error.message, error.traceback)
            }
        }
        // end
    }

    @Test func cancels() async throws {
        let host = ScriptHost()
        // snippet: cancel
        let task = Task { try await host.run("while true do end") }
        try await Task.sleep(for: .milliseconds(20))
        task.cancel()
        // end
        let error = await #expect(throws: ScriptError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
    }
}
