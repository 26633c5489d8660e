import C8Run
import Logging
import Synchronization
import Testing

@Suite struct SessionTests {
    private func withSession(
        limits: ScriptHost.Limits = ScriptHost.Limits(), _ body: (ScriptSession) async throws -> Void
    ) async throws {
        var configuration = ScriptHost.Configuration(standardOutput: { _ in }, logger: Logger(label: "test"))
        configuration.limits = limits
        try await ScriptHost(configuration: configuration).withSession { session in try await body(session) }
    }

    private func error(_ body: () async throws -> Void) async throws -> ScriptError {
        do {
            try await body()
        } catch let error as ScriptError {
            return error
        }
        throw ScriptError(kind: .internal, message: "an error was expected")
    }

    @Test func textsShareTheirGlobals() async throws {
        try await withSession { session in
            try await session.run("x = 1 local y = 2")
            let values = try await session.evaluate("return x + 1, y, require 'c8.json'.encode({x})")
            #expect(values.map(\.integer) == [2, nil, nil])
            #expect(values[2].string == "[1]")
        }
    }

    @Test func functionsAreCalledByNameWithSwiftValues() async throws {
        try await withSession { session in
            try await session.run(
                "function join(...) return table.concat({...}, '-'), select('#', ...) end function none() end")
            let (text, count) = try await session.call("join", as: (String, Int).self, 1, "a", "ü")
            #expect(text == "1-a-ü")
            #expect(count == 3)
            #expect(try await session.call("none").isEmpty)
            let nothing: Int? = try await session.call("none", as: Int?.self)
            #expect(nothing == nil)
            let error1 = try await error { try await session.call("missing") }
            #expect(error1.message.contains("'missing'"))
        }
    }

    @Test func globalsAreReadAndSet() async throws {
        try await withSession { session in
            try await session.set(global: "list", to: [1, 2, 3])
            try await session.run("list[4] = 'four' setmetatable(_G, {__index = function() error('read') end})")
            let list = try await session[global: "list"]
            #expect(list[3].integer == 3)
            #expect(list[4].string == "four")
            #expect(try await session[global: "nothing"].isNil)
        }
    }

    @Test func errorLeavesTheSessionUsable() async throws {
        try await withSession { session in
            let syntax = try await error { try await session.run("x = = 1", name: "(line 1)") }
            #expect(syntax.kind == .compile)
            #expect(syntax.sourceLine == "x = = 1")
            #expect(syntax.message.hasPrefix("line 1:1:") || syntax.message.hasPrefix("(line 1):1:"))
            let raised = try await error {
                try await session.run("local function f() error('no') end f()", name: "a.lua")
            }
            #expect(raised.kind == .runtime)
            #expect(raised.message == "a.lua:1: no")
            #expect(raised.traceback.first?.hasPrefix("a.lua:1: in ") == true)
            #expect(try await session.evaluate("return 1").first?.integer == 1)
        }
    }

    @Test(arguments: [
        "while true do end", "require 'c8.task'.sleep(3600)", "('x'):rep(1e8):find(('x?'):rep(100) .. 'y')",
        "pcall(function() while true do pcall(require 'c8.task'.sleep, 3600) end end)",
    ])
    func interruptEndsWhatRunsAndNothingElse(source: String) async throws {
        try await withSession { session in
            try await session.run("x = 1")
            let task = Task { try await error { try await session.run(source) } }
            while !session.isRunning { await Task.yield() }
            session.interrupt()
            let ended = try await task.value
            #expect(ended.kind == .cancelled)
            #expect(try await session.evaluate("return x, require 'c8.task'.sleep(0)").first?.integer == 1)
            #expect(!session.hasEnded)
        }
    }

    @Test func timeIsThatOfOneCall() async throws {
        try await withSession(limits: ScriptHost.Limits(timeout: .seconds(60))) { session in
            let ended = try await error { try await session.run("while true do end", timeout: .milliseconds(20)) }
            #expect(ended.kind == .timeLimit)
            #expect(ended.message.contains("(session):1"))
            #expect(try await session.evaluate("return 2").first?.integer == 2)
        }
        try await withSession(limits: ScriptHost.Limits(timeout: .milliseconds(20))) { session in
            let error2 = try await error { try await session.run("while true do end") }
            #expect(error2.kind == .timeLimit)
        }
    }

    @Test func cancellingTheSwiftTaskInterruptsItsCall() async throws {
        try await withSession { session in
            let task = Task { try await error { try await session.run("while true do end") } }
            while !session.isRunning { await Task.yield() }
            task.cancel()
            let ended = try await task.value
            #expect(ended.kind == .cancelled)
            #expect(try await session.evaluate("return 3").first?.integer == 3)
        }
    }

    @Test func exitEndsTheSessionWithItsStatus() async throws {
        try await withSession { session in
            let error3 = try await error { try await session.run("os.exit(7)") }
            #expect(error3.kind == .cancelled)
            #expect(await session.exitStatus == 7)
            #expect(session.hasEnded)
            let error4 = try await error { try await session.run("x = 1") }
            #expect(error4.message.contains("has ended"))
        }
    }

    @Test func memoryLimitEndsTheSession() async throws {
        try await withSession(limits: ScriptHost.Limits(maximumMemory: 8 << 20)) { session in
            let limit = try await error { try await session.run("local s = ('x'):rep(1e9)") }
            #expect(limit.kind == .memoryLimit)
            let error5 = try await error { try await session.run("x = 1") }
            #expect(error5.message.contains("has ended"))
        }
    }

    @Test func keptFunctionsAreCalledFromAnyTaskAndSaySoWhenTheSessionHasEnded() async throws {
        let host = ScriptHost(
            configuration: ScriptHost.Configuration(standardOutput: { _ in }, logger: Logger(label: "test")))
        let session = try await host.session()
        let values = try await session.evaluate(
            "local n = 0 return function(by) n = n + by return n end, {nested = {1, 2}}, coroutine.create(print)")
        let add = try #require(values[0].function)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...50 { group.addTask { try await add.call(2) } }
            try await group.waitForAll()
        }
        #expect(try await add.call(as: Int.self, 0) == 100)
        let failure = await #expect(throws: LuaError.self) { try await add.call("x") }
        #expect(failure?.message.contains("attempt to") == true)
        await session.close()
        let ended = await #expect(throws: LuaError.self) { try await add.call(1) }
        #expect(ended?.message == "the script that this function belongs to has ended")
        #expect(values[1]["nested"][2].integer == 2)
        let error6 = try await error { try await session.run("x = 1") }
        #expect(error6.message == "the session is closed")
    }

    @Test func functionOfARunThrowsAfterIt() async throws {
        let host = ScriptHost(
            configuration: ScriptHost.Configuration(standardOutput: { _ in }, logger: Logger(label: "test")))
        let result = try await host.run(
            Script(source: Array("return function() end, {1, {2}}".utf8), name: "a.lua"))
        let kept = try #require(result.values.first?.function)
        await #expect(throws: LuaError.self) { try await kept.call() }
        #expect(result.values[1][2][1].integer == 2)
    }

    @Test func functionOfAnotherSessionIsRefused() async throws {
        try await withSession { one in
            try await withSession { other in
                let function = try #require(try await one.evaluate("return print").first)
                try await other.run("function f() end")
                let refused = try await error { try await other.call("f", function) }
                #expect(refused.message.contains("another script"))
            }
        }
    }

    @Test func sessionsAreIsolated() async throws {
        let host = ScriptHost(
            configuration: ScriptHost.Configuration(standardOutput: { _ in }, logger: Logger(label: "test")))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...20 {
                group.addTask {
                    try await host.withSession { session in
                        try await session.run("assert(x == nil) x = \(number) require 'c8.task'.sleep(0)")
                        #expect(try await session.evaluate("return x").first?.integer == Int64(number))
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
