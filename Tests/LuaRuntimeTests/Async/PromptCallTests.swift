import Testing

@testable import LuaRuntime

/// Functions that mostly answer on the spot.
@Suite struct PromptCallTests {
    private func run(_ source: String) async throws -> [String] {
        let script = try LuaScript()
        // What `held` waits for comes with the first call of `alone`.
        let (asked, asking) = AsyncStream<Void>.makeStream()
        let chunk = try await script.withState { state throws(LuaError) in
            try state.set(
                global: "alone",
                to: .hostFunction(
                    .prompt("alone") { _, isAlone in
                        asking.finish()
                        return .values([.boolean(isAlone)])
                    }))
            try state.set(
                global: "held",
                to: .hostFunction(
                    .prompt("held") { _, _ in
                        .later {
                            for await _ in asked {}
                            return []
                        }
                    }))
            try state.set(
                global: "later",
                to: .hostFunction(
                    .prompt("later") { arguments, _ in
                        .later {
                            await Task.detached { await Task.yield() }.value
                            return arguments.values
                        }
                    }))
            try state.set(
                global: "fail",
                to: .hostFunction(.prompt("fail") { arguments, _ in throw arguments.error(1, "no") }))
            return try state.load(Array(source.utf8), chunkName: "@test.lua")
        }
        return try await script.call(chunk, [.table(LuaTable(fields: TaskFunctions.all))]).map(\.literal)
    }

    @Test(arguments: [
        ("return alone()", "true"),
        // Who waits for the present task is delayed by nothing.
        (
            "local t = ... local seen t.wait('all', nil, {t.spawn(function() seen = alone() end)}) return seen",
            "true"
        ),
        ("local t = ... t.spawn(function() end) return alone()", "false"),
        ("local t = ... t.spawn(function() held() end) t.pause() return alone()", "false"),
        (
            """
            local t = ...
            local seen
            t.spawn(function() t.pause() seen = alone() end)
            later()
            t.pause()
            return seen
            """, "false"
        ),
        ("local seen table.sort({2, 1}, function(a, b) seen = alone() return a < b end) return seen", "true"),
    ])
    func itIsToldWhetherAnythingElseCouldGoOn(source: String, seen: String) async throws {
        #expect(try await run(source) == [seen])
    }

    @Test(arguments: [
        "return later(1, 'x')",
        "local seen table.sort({2, 1}, function(a, b) seen = {later(1, 'x')} return a < b end) return table.unpack(seen)",
        "local seen = {coroutine.wrap(later)(1, 'x')} return table.unpack(seen)",
    ])
    func whatHasToWaitIsAwaited(source: String) async throws {
        #expect(try await run(source) == ["1", "'x'"])
    }

    @Test func itsErrorsAreRaised() async throws {
        let results = try await run("local _, e = pcall(fail) return tostring(e):match('#1') ~= nil")
        #expect(results == ["true"])
    }

    @Test func aTaskThatIsCancelledCallsNone() async throws {
        let source = """
            local t = ...
            local kind
            local id = t.spawn(function()
              pcall(t.pause)
              local _, e = pcall(alone)
              kind = e.kind
            end)
            t.pause()
            t.cancel(id)
            t.wait("ended", nil, {id})
            return kind
            """
        #expect(try await run(source) == ["'cancelled'"])
    }

    @Test func whatIsLeftBehindEndsWithATaskOfItsOwn() async throws {
        let source = """
            local t = ...
            t.tag(7)
            local before = t.spawn(later)
            local outer, mark = t.enter(8)
            local inner = t.tag()
            local id = t.spawn(function() t.pause() error("x", 0) end)
            local rest = t.exit(outer, mark, false)
            t.wait("all", nil, {rest})
            local _, problem = pcall(t.take, rest)
            local _, _, none = outer, mark, t.exit(t.enter(8))
            return outer, inner, t.tag(), problem, none, t.status(id)
            """
        #expect(try await run(source) == ["7", "8", "7", "'x'", "nil", "'ended'"])
    }
}
