import Testing

@testable import LuaRuntime

/// Errors of tasks, until somebody takes them.
@Suite struct TaskFailureTests {
    private func run(
        _ source: String, _ setUp: @Sendable (LuaState) throws(LuaError) -> Void = { _ in }
    ) async throws -> [LuaValue] {
        let script = try LuaScript()
        let chunk = try await script.withState { state throws(LuaError) in
            try setUp(state)
            return try state.load(Array(source.utf8), chunkName: "@test.lua")
        }
        return try await script.call(chunk, [.table(LuaTable(fields: TaskFunctions.all))])
    }

    /// How many failures are still remembered for the running task.
    private let remembered = HostFunction.onState("remembered") { state, _ in
        .values([.integer(Int64((state.currentTask?.failed.count ?? -1) + state.failures.count))])
    }

    @Test func aFailureThatWasTakenIsForgotten() async throws {
        let source = """
            local task = ...
            for _ = 1, 100 do
              local id = task.spawn(function() error("x") end)
              task.wait("all", nil, {id})
              assert(task.status(id) == "failed")
              assert(not pcall(task.take, id))
            end
            return remembered()
            """
        let results = try await run(source) { [remembered] state throws(LuaError) in
            try state.set(global: "remembered", to: .hostFunction(remembered))
        }
        guard case .integer(let count)? = results.first else {
            Issue.record("not a number: \(results)")
            return
        }
        #expect(count == 0)
    }

    @Test func ofSeveralTheFirstIsRaisedAndKnowsOfTheOthers() async throws {
        let source = """
            local task = ...
            for i = 1, 4 do task.spawn(function() error("number " .. i, 0) end) end
            task.pause()
            """
        let error = await #expect(throws: LuaError.self) { try await run(source) }
        #expect(error?.message == "number 1")
        #expect(error?.others == 3)
    }
}
