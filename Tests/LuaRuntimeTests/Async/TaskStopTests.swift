import LuaRuntime
import Testing

/// Scripts whose tasks are under way when they are stopped.
@Suite struct TaskStopTests {
    private static let lead = """
        local task = ...
        local function closing() return setmetatable({}, {__close = function() closed = (closed or 0) + 1 end}) end

        """

    private func end(of source: String, memory: Int = 64 << 20, stop: ScriptStop = ScriptStop()) async throws
        -> LuaError
    {
        let script = try LuaScript(limits: LuaLimits(memory: memory), stop: stop)
        let chunk = try await script.withState { state throws(LuaError) in
            try state.set(global: "sleep", to: .hostFunction(sleep))
            try state.set(
                global: "stop",
                to: .hostFunction(
                    HostFunction.function("stop") { _ in
                        stop.request(.timeout)
                        return []
                    }))
            return try state.load(Array((Self.lead + source).utf8), chunkName: "@test.lua")
        }
        do {
            _ = try await script.call(chunk, [.table(LuaTable(fields: TaskFunctions.all))])
        } catch {
            return error
        }
        throw Unexpected(results: [])
    }

    private let sleep = HostFunction.async("sleep") { arguments in
        try await Task.sleep(for: .seconds(try arguments.number(1)))
        return []
    }

    @Test(arguments: [
        "for i = 1, 500 do task.spawn(function() local _ <close> = closing() sleep(60) end) end sleep(.01) stop()",
        "for i = 1, 500 do task.spawn(function() while true do pcall(sleep, 60) end end) end sleep(.01) stop()",
        "task.spawn(function() sleep(.01) stop() end) while true do pcall(sleep, 60) end",
        "local id = task.spawn(function() sleep(60) end) task.spawn(stop) task.wait('all', nil, {id})",
        "task.spawn(stop) table.sort({2, 1}, function() sleep(60) return true end)",
        "task.spawn(function() table.sort({2, 1}, function() stop() sleep(60) end) end) sleep(60)",
        "local id = task.spawn(function() sleep(60) end) setmetatable({}, {__gc = function() task.wait('all', nil, {id}) end}) "
            + "collectgarbage() stop()",
    ])
    func aStopEndsAllTasks(source: String) async throws {
        let clock = ContinuousClock()
        let began = clock.now
        let error = try await end(of: source)
        #expect(error.kind == .stopped(.timeout))
        #expect(clock.now - began < .seconds(50))
    }

    @Test func tasksCountAsTheScriptsMemory() async throws {
        let error = try await end(
            of: "for i = 1, 1e6 do task.spawn(function() local t = ('x'):rep(1 << 20) sleep(60) end) sleep(0) end",
            memory: 16 << 20)
        #expect(error.kind == .stopped(.memory))
    }

    @Test func theNumberOfTasksIsBounded() async throws {
        let error = try await end(of: "while true do task.spawn(function() sleep(60) end) end", memory: 1 << 30)
        #expect(error.message.contains("tasks at once"))
    }

    @Test func callsInCallsAreBounded() async throws {
        // Each comparator waits for a task that waits in a comparator.
        let error = try await end(
            of: """
                local function deeper(n)
                  if n == 0 then stop() end
                  table.sort({2, 1}, function(a, b)
                    task.wait("all", nil, {task.spawn(function() deeper(n - 1) end)})
                    return a < b
                  end)
                end
                deeper(100)
                """)
        #expect(error.kind == .stopped(.timeout) || error.message.contains("cannot await"))
    }
}
