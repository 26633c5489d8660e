import LuaRuntime
import Synchronization
import Testing

@Suite struct InterruptionTests {
    /// A script that is called again and again, with a function `begun` that tells when it is well under way.
    private struct Repeated {
        let stop = ScriptStop(isInterruptible: true)
        let script: LuaScript
        let begun: AsyncStream<Void>

        init(limits: LuaLimits = LuaLimits(memory: 64 << 20)) async throws {
            script = try LuaScript(limits: limits, stop: stop)
            let (begun, continuation) = AsyncStream.makeStream(of: Void.self)
            self.begun = begun
            let note = HostFunction.function("begun") { _ in
                continuation.yield()
                return []
            }
            try await script.withState { state throws(LuaError) in
                for (name, function) in StopTests.functions.merging(["begun": note], uniquingKeysWith: { $1 }) {
                    try state.set(global: name, to: .hostFunction(function))
                }
                try state.set(
                    global: "exit", to: .hostFunction(.direct("exit") { call in call.exitScript(status: 3) }))
            }
        }

        func evaluate(_ source: String, timeout: Duration? = nil) async throws -> [LuaValue] {
            let chunk = try await script.load(Array(source.utf8), chunkName: "@test.lua")
            return try await script.callInterruptibly(chunk, timeout: timeout)
        }

        func kind(of source: String, timeout: Duration? = nil) async throws -> LuaError.Kind? {
            do {
                _ = try await evaluate(source, timeout: timeout)
                return nil
            } catch let error as LuaError {
                return error.kind
            }
        }

        /// Interrupts a text as soon as it says `begun()`.
        func interrupted(_ source: String) async throws -> LuaError.Kind? {
            var began = begun.makeAsyncIterator()
            async let kind = kind(of: source)
            await began.next()
            stop.interrupt(.cancelled)
            return try await kind
        }
    }

    @Test(arguments: StopTests.endless)
    func whatRunsEndsAndTheScriptIsUsableAfterwards(source: String) async throws {
        let repeated = try await Repeated()
        _ = try await repeated.evaluate("x = 41")
        for _ in 1...3 {
            #expect(try await repeated.interrupted("begun() " + source) == .stopped(.cancelled))
            #expect(
                try await repeated.evaluate("x = x + 1 return x, select(2, pcall(error, 'caught')), later(7)").count
                    == 3)
        }
        #expect(try await repeated.evaluate("return x").literal == "44")
        #expect(repeated.stop.reason == nil)
    }

    @Test(arguments: StopTests.endless)
    func timeOfOneCallIsNotThatOfTheNext(source: String) async throws {
        let repeated = try await Repeated()
        #expect(try await repeated.kind(of: source, timeout: .milliseconds(30)) == .stopped(.timeout))
        #expect(try await repeated.evaluate("return later(1)", timeout: .seconds(60)).literal == "1")
    }

    @Test func cancellingTheTaskEndsTheCallAlone() async throws {
        let repeated = try await Repeated()
        var began = repeated.begun.makeAsyncIterator()
        let task = Task { try await repeated.kind(of: "begun() while true do end") }
        await began.next()
        task.cancel()
        #expect(try await task.value == .stopped(.cancelled))
        #expect(try await repeated.evaluate("return 1").literal == "1")
    }

    @Test func nothingHappensWhereNothingRuns() async throws {
        let repeated = try await Repeated()
        repeated.stop.interrupt(.cancelled)
        #expect(try await repeated.evaluate("return 1").literal == "1")
        let plain = ScriptStop()
        let script = try LuaScript(stop: plain)
        plain.interrupt(.cancelled)
        let chunk = try await script.load(Array("return 2".utf8), chunkName: "@t.lua")
        #expect(try await script.call(chunk).literal == "2")
    }

    @Test func textThatDoesNotCompileIsOneDuringAnInterruptionToo() async throws {
        let repeated = try await Repeated()
        var began = repeated.begun.makeAsyncIterator()
        async let kind = repeated.kind(of: "begun() while true do later() end")
        await began.next()
        let verdict = await repeated.script.withState { [stop = repeated.stop] state -> LuaError.Kind? in
            stop.interrupt(.cancelled)
            do throws(LuaError) {
                _ = try state.load(Array("x x".utf8), chunkName: "=t")
                return nil
            } catch {
                return error.kind
            }
        }
        #expect(verdict == .syntax)
        #expect(try await kind == .stopped(.cancelled))
    }

    @Test func closeVariablesRunAndKeptCoroutinesGoOn() async throws {
        let repeated = try await Repeated()
        _ = try await repeated.evaluate(
            "closed = 0 counter = coroutine.wrap(function() for i = 1, 9 do coroutine.yield(i) end end) counter()")
        let source = """
            local _ <close> = setmetatable({}, {__close = function() closed = closed + 1 end})
            pcall(function()
              local _ <close> = setmetatable({}, {__close = function() closed = closed + 1 end})
              begun()
              while true do end
            end)
            """
        #expect(try await repeated.interrupted(source) == .stopped(.cancelled))
        #expect(try await repeated.evaluate("return closed, counter(), counter()").literal == "2, 2, 3")
    }

    /// Died of an error in a hook, with hooks off: were its variables closed, nothing could stop them.
    @Test func coroutineThatTheHookHasEndedNeverRunsAgain() async throws {
        let repeated = try await Repeated()
        let source = """
            dead = coroutine.create(function()
              local _ <close> = setmetatable({}, {__close = function() while true do end end})
              table.sort({3, 2, 1}, function() begun() while true do end end)
            end)
            wrapped = coroutine.wrap(function()
              local _ <close> = setmetatable({}, {__close = function() while true do end end})
              table.sort({3, 2, 1}, function() begun() while true do end end)
            end)
            """
        _ = try await repeated.evaluate(source)
        for run in ["coroutine.resume(dead)", "wrapped()"] {
            #expect(try await repeated.interrupted(run) == .stopped(.cancelled))
        }
        let after = """
            local results = {}
            for _ = 1, 20 do
              results[1], results[2] = pcall(wrapped)
              coroutine.close(dead)
            end
            collectgarbage()
            return coroutine.status(dead), results[2]
            """
        #expect(
            try await repeated.evaluate(after, timeout: .seconds(5)).literal
                == "'dead', 'cannot resume dead coroutine'")
    }

    /// The hook that an interruption has left behind would make everything after it slow.
    @Test func noHookStaysBehind() async throws {
        let repeated = try await Repeated()
        let work = "local n = 0 for i = 1, 2e6 do n = n + i end return n"
        _ = try await repeated.evaluate(
            "long = coroutine.wrap(function() while true do coroutine.yield() end end) long()")
        let clock = ContinuousClock()
        let before = try await clock.measure { _ = try await repeated.evaluate(work) }
        for _ in 1...3 { _ = try await repeated.interrupted("begun() while true do long() end") }
        let after = try await clock.measure { _ = try await repeated.evaluate(work) }
        #expect(after < before * 5)
    }

    @Test func stopForGoodTakesThePlaceOfAnInterruption() async throws {
        let repeated = try await Repeated()
        var began = repeated.begun.makeAsyncIterator()
        async let kind = repeated.kind(
            of: "local _ <close> = setmetatable({}, {__close = exit}) begun() while true do end")
        await began.next()
        repeated.stop.interrupt(.cancelled)
        #expect(try await kind != nil)
        #expect(repeated.stop.reason == .exit)
        #expect(await repeated.script.exitStatus == 3)
        #expect(try await repeated.kind(of: "return 1 + 1 while true do end") != nil)
        repeated.stop.interrupt(.cancelled)
        #expect(try await repeated.kind(of: "while true do end") == .stopped(.exit))
    }

    @Test func memoryLimitIsForGood() async throws {
        let repeated = try await Repeated(limits: LuaLimits(memory: 4 << 20))
        #expect(
            try await repeated.kind(of: "local t = {} while true do t[#t + 1] = ('x'):rep(1000) .. #t end")
                == .stopped(.memory))
        repeated.stop.interrupt(.cancelled)
        #expect(try await repeated.kind(of: "while true do end") == .stopped(.memory))
    }

    @Test func interruptionsAtRandomMomentsLeaveTheScriptWhole() async throws {
        let repeated = try await Repeated()
        let source = """
            local total = 0
            for i = 1, 200 do
              local ok = pcall(function()
                local co = coroutine.wrap(function() for j = 1, 50 do coroutine.yield(later(j)) end end)
                for _ = 1, 20 do total = total + co() end
                table.sort({5, 4, 3, 2, 1}, function(a, b) return later(a < b) end)
              end)
            end
            return total
            """
        var interrupted = 0
        for round in 0..<60 {
            let stop = repeated.stop
            let stopper = Task.detached {
                try? await Task.sleep(for: .microseconds(200 * round % 7000))
                stop.interrupt(.cancelled)
            }
            do {
                _ = try await repeated.evaluate(source)
            } catch let error as LuaError {
                #expect(error.kind == .stopped(.cancelled))
                interrupted += 1
            }
            await stopper.value
            #expect(try await repeated.evaluate("return later(1) + 1").literal == "2")
        }
        #expect(interrupted > 10)
    }
}
