import LuaRuntime
import Testing

/// Tasks that are over their time while they wait for nothing.
@Suite struct TaskExpiryTests {
    /// What a task module would make of a bound: `bounded(seconds, fn)` → whether it was done, and its error's kind and place.
    private static let lead = """
        local task = ...
        function bounded(seconds, fn)
          local id = task.spawn(fn)
          local done = task.wait("all", seconds, {id})
          task.cancel(id)
          task.wait("ended", nil, {id})
          local ok, problem = pcall(task.take, id)
          return done, ok and "returned" or problem.kind, not ok and problem.position or "-"
        end

        """

    private func results(_ source: String, limits: LuaLimits = LuaLimits(memory: 64 << 20)) async throws -> String {
        let functions = StopTests.functions.mapValues { LuaValue.hostFunction($0) }
        let script = try LuaScript(limits: limits)
        let chunk = try await script.withState { state throws(LuaError) in
            for (name, function) in functions { try state.set(global: name, to: function) }
            return try state.load(Array((Self.lead + source).utf8), chunkName: "@test.lua")
        }
        return try await script.call(chunk, [.table(LuaTable(fields: TaskFunctions.all))]).literal
    }

    @Test(arguments: StopTests.endless) func whateverItDoesIsEndedAndTheScriptGoesOn(source: String) async throws {
        let rest = "return done, kind, select(2, pcall(error, 'caught')), later(7)"
        #expect(
            try await results("local done, kind = bounded(0.02, function() \(source) end) \(rest)")
                == "false, 'cancelled', 'caught', 7")
    }

    @Test(arguments: StopTests.endless) func itIsEndedWhereInstructionsAreCountedToo(source: String) async throws {
        let limits = LuaLimits(memory: 64 << 20, instructions: 1 << 40)
        #expect(
            try await results("return (select(2, bounded(0.02, function() \(source) end)))", limits: limits)
                == "'cancelled'")
    }

    @Test(
        arguments: [
            // At its line.
            ("return bounded(0.02, function()\nwhile true do end end)", "false, 'cancelled', 'test.lua:11'"),
            // An inner bound of its own, in time and not.
            (
                "return bounded(60, function() inner = {bounded(0.02, function() while true do end end)} end), inner[2]",
                "true, 'cancelled'"
            ),
            (
                "local o = {bounded(0.02, function() bounded(60, function() while true do end end) end)} return o[1], o[2]",
                "false, 'cancelled'"
            ),
            // A task that it has spawned, and tasks of others, which go on.
            (
                "return bounded(0.02, function() task.spawn(function() while true do end end) end)",
                "false, 'returned', '-'"
            ),
            (
                """
                local count = 0
                local other = task.spawn(function() for i = 1, 5 do later() count = count + 1 end end)
                bounded(0.02, function() while true do end end)
                task.wait("all", nil, {other})
                return count
                """, "5"
            ),
            // Someone else's loop is not the task's.
            (
                """
                local waits = task.spawn(function() return bounded(0.01, function() task.wait("all", nil, {lasts}) end) end)
                lasts = task.spawn(function() task.pause() local i = 0 while i < 2e7 do i = i + 1 end done = i end)
                task.wait("all", nil, {waits, lasts})
                return done
                """, "20000000"
            ),
            // One that was told where it waited, caught that, and computes since.
            (
                """
                return (select(2, bounded(0.02, function()
                  local other = task.spawn(function() while true do later() end end)
                  pcall(task.wait, "all", nil, {other})
                  while true do end
                end)))
                """, "'cancelled'"
            ),
            // In C.
            (
                "return (select(2, bounded(0.02, function() return ('a'):rep(30000):find(('.-'):rep(50) .. 'b') end)))",
                "'cancelled'"
            ),
            // In time.
            ("return bounded(60, function() for i = 1, 1e5 do end end)", "true, 'returned', '-'"),
            // Where the thread is blocked for the task.
            (
                """
                local kind
                table.sort({2, 1}, function(a, b)
                  kind = kind or select(2, bounded(0.02, function() while true do end end))
                  return a < b
                end)
                return kind
                """, "'cancelled'"
            ),
            (
                """
                local kind
                bounded(60, function()
                  table.sort({2, 1}, function(a, b)
                    kind = kind or select(2, bounded(0.02, function() pcall(function() while true do end end) end))
                    return a < b
                  end)
                end)
                return kind
                """, "'cancelled'"
            ),
        ] as [(String, String)])
    func theTaskAloneIsEnded(source: String, results: String) async throws {
        #expect(try await self.results(source) == results)
    }

    @Test func closeVariablesRunAndTheirGraceEnds() async throws {
        let source = """
            local closed = 0
            local function guard(fn) return setmetatable({}, {__close = function() closed = closed + 1 fn() end}) end
            local done, kind = bounded(0.02, function()
              -- Behind one that never ends, nobody's turn comes.
              local _ <close> = guard(function() end)
              local _ <close> = guard(function() while true do end end)
              coroutine.wrap(function()
                local _ <close> = guard(function() end)
                while true do end
              end)()
            end)
            return done, kind, closed
            """
        let limits = LuaLimits(memory: 64 << 20, grace: .milliseconds(50))
        #expect(try await results(source, limits: limits) == "false, 'cancelled', 2")
    }

    /// It ends for good while a task of it is being ended, and ended again.
    @Test func aStopForGoodIsOne() async throws {
        for milliseconds in [0, 40, 60, 80, 100, 120] {
            let stop = ScriptStop()
            let script = try LuaScript(limits: LuaLimits(memory: 64 << 20), stop: stop)
            let source = Self.lead + "while true do bounded(0.01, function() while true do end end) end"
            let chunk = try await script.load(Array(source.utf8), chunkName: "@test.lua")
            let stopper = Task.detached {
                try await Task.sleep(for: .milliseconds(milliseconds))
                stop.request(.timeout)
            }
            await #expect {
                try await script.call(chunk, [.table(LuaTable(fields: TaskFunctions.all))])
            } throws: { ($0 as? LuaError)?.kind == .stopped(.timeout) }
            try await stopper.value
        }
    }
}
