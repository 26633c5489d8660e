import Foundation
import LuaRuntime
import Synchronization
import Testing

@Suite struct StopTests {
    /// Each runs for ever, and catches what it can.
    static let endless = [
        "while true do end",
        "local function f() return f() end f()",
        "while true do pcall(function() while true do end end) end",
        "coroutine.wrap(function() while true do end end)()",
        "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
        "local function f() xpcall(function() while true do end end, function() f() end) end while true do f() end",
        "while true do xpcall(error, function() while true do end end) end",
        "setmetatable({}, {__index = function() while true do end end}).x = nil local _ = setmetatable({}, {__index = function() while true do end end}).y",
        "table.sort({3, 2, 1}, function(a, b) while true do end end)",
        "string.gsub('abc', '.', function() while true do end end)",
        "do local _ <close> = setmetatable({}, {__close = function() while true do end end}) while true do end end",
        "while true do local co = coroutine.create(function() local _ <close> = setmetatable({}, {__close = function() while true do end end}) coroutine.yield() end) coroutine.resume(co) coroutine.close(co) end",
        "while true do load(function() while true do end end) end",
        "while true do setmetatable({}, {__gc = function() while true do end end}) collectgarbage() end",
        "while true do pcall(later) end",
        "while true do pcall(table.sort, {3, 2, 1}, function(a, b) return later(a < b) end) end",
        "relay(function() while true do pcall(function() while true do end end) end end)",
    ]
    static let relay = HostFunction.direct("relay") { call in
        for value in try call.invoke(call.arguments().function(1), []) { try call.append(value) }
    }
    static let functions = ["later": later, "relay": relay]

    @Test(arguments: endless, [StopReason.cancelled, .timeout])
    func scriptIsStoppedWhateverItDoes(source: String, reason: StopReason) async throws {
        let stop = ScriptStop()
        let stopper = Task.detached {
            try await Task.sleep(for: .milliseconds(30))
            stop.request(reason)
        }
        let error = try await failure(of: source, functions: Self.functions, stop: stop)
        try await stopper.value
        #expect(error.kind == .stopped(reason))
    }

    @Test(arguments: endless)
    func countedInstructionsStopItToo(source: String) async throws {
        let error = try await failure(
            of: source, functions: Self.functions, limits: LuaLimits(memory: 64 << 20, instructions: 200_000))
        #expect(error.kind == .stopped(.instructions))
    }

    @Test func cancellingTheTaskStopsTheScript() async throws {
        let task = Task { try await failure(of: "while true do pcall(later) end", functions: ["later": later]) }
        try await Task.sleep(for: .milliseconds(30))
        task.cancel()
        #expect(try await task.value.kind == .stopped(.cancelled))
    }

    @Test(arguments: ["forever()", "table.sort({2, 1}, function() forever() end)"])
    func operationInFlightIsCancelled(source: String) async throws {
        let (events, continuation) = AsyncStream.makeStream(of: String.self)
        let forever = HostFunction.async("forever") { _ in
            continuation.yield("begun")
            do {
                try await Task.sleep(for: .seconds(3600))
            } catch {
                continuation.yield("cancelled")
                throw error
            }
            return []
        }
        let task = Task { try await failure(of: source, functions: ["forever": forever]) }
        var iterator = events.makeAsyncIterator()
        #expect(await iterator.next() == "begun")
        task.cancel()
        #expect(await iterator.next() == "cancelled")
        #expect(try await task.value.kind == .stopped(.cancelled))
    }

    @Test func closeVariablesRunWhenAScriptIsStopped() async throws {
        let closed = Mutex(0)
        let note = HostFunction.function("note") { _ in
            closed.withLock { $0 += 1 }
            return []
        }
        let source = """
            local function guard() return setmetatable({}, {__close = function() note() end}) end
            local _ <close> = guard()
            coroutine.wrap(function()
              local _ <close> = guard()
              pcall(function() local _ <close> = guard() stop() while true do end end)
            end)()
            """
        let stop = ScriptStop()
        // Requested by another thread once all three are open, as a watchdog or a signal would.
        let request = HostFunction.function("stop") { _ in
            Task.detached { stop.request(.cancelled) }
            return []
        }
        let error = try await failure(of: source, functions: ["note": note, "stop": request], stop: stop)
        #expect(error.kind == .stopped(.cancelled))
        #expect(closed.withLock { $0 } == 3)
    }

    /// The grace is time that they use: the thread of a busy machine may wait longer than that for its turn.
    @Test(arguments: [(waits: 150, closed: 2), (waits: 1500, closed: 1)])
    func closeVariablesHaveTheirGraceOnABusyMachine(waits: UInt32, closed: Int) async throws {
        let count = Mutex(0)
        let note = HostFunction.function("note") { _ in
            count.withLock { $0 += 1 }
            // Holds the thread without using it.
            usleep(waits * 1000)
            return []
        }
        let stop = ScriptStop()
        let request = HostFunction.function("stop") { _ in
            stop.request(.cancelled)
            return []
        }
        let source = """
            local _ <close> = setmetatable({}, {__close = function() note() end})
            local _ <close> = setmetatable({}, {__close = function() note() end})
            stop()
            while true do end
            """
        let error = try await failure(
            of: source, functions: ["note": note, "stop": request],
            limits: LuaLimits(memory: 64 << 20, grace: .milliseconds(50)), stop: stop)
        #expect(error.kind == .stopped(.cancelled))
        #expect(count.withLock { $0 } == closed)
    }

    @Test func exitUnwindsAndKeepsItsStatus() async throws {
        let script = try LuaScript()
        try await script.withState { state throws(LuaError) in
            try state.set(
                global: "exit",
                to: .hostFunction(.direct("exit") { call in call.exitScript(status: Int32(try call.integer(1))) }))
        }
        let chunk = try await script.load(Array("pcall(exit, 3) error('not reached')".utf8), chunkName: "@t.lua")
        await #expect(throws: LuaError.self) { try await script.call(chunk) }
        #expect(await script.exitStatus == 3)
    }

    @Test func memoryIsCountedAndBounded() async throws {
        let error = try await failure(
            of:
                "while true do pcall(function() local t = {} while true do t[#t + 1] = ('x'):rep(100) .. #t end end) end",
            limits: LuaLimits(memory: 4 << 20))
        #expect(error.kind == .stopped(.memory))
    }

    @Test func stopBeforeTheStartIsHeeded() async throws {
        let stop = ScriptStop()
        stop.request(.cancelled)
        #expect(try await failure(of: "while true do end", stop: stop).kind == .stopped(.cancelled))
    }

}
