import C8Flow
import C8Run
import Logging
import Testing

/// Flows in sessions, whose calls are ended from outside while the session goes on.
@Suite struct SessionFlowTests {
    private func withSession(_ body: (ScriptSession) async throws -> Void) async throws {
        let journal = MemoryFlowJournal()
        var configuration = ScriptHost.Configuration(standardOutput: { _ in }, logger: Logger(label: "test"))
        configuration.flows = FlowServices { journal }
        try await ScriptHost(configuration: configuration).withSession { session in
            try await session.run("flow = require 'c8.flow'")
            try await body(session)
        }
    }

    @Test func flowThatWasEndedFromOutsideCanBeRunAgain() async throws {
        try await withSession { session in
            let error = await #expect(throws: ScriptError.self) {
                try await session.run(
                    "flow.run('f', function(f) kept = f f:step('a', function() return 1 end) while true do end end)",
                    timeout: .seconds(3))
            }
            #expect(error?.kind == .timeLimit)
            // The handle of the run that is gone begins no step, which would be done a second time.
            let stale = try await session.evaluate(
                "ran = 0 return pcall(kept.step, kept, 'a', function() ran = ran + 1 end)")
            #expect(stale.first?.boolean == false)
            let again = try await session.evaluate(
                "return flow.run('f', function(f) return f:step('a', function() ran = ran + 1 return 2 end) end), ran")
            #expect(again.map(\.integer) == [1, 0])
        }
    }

    @Test func closedSessionBeginsNothing() async throws {
        try await withSession { session in
            await session.close()
            await #expect(throws: ScriptError.self) { try await session.run("x = 1") }
        }
    }
}
