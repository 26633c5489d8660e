import LuaRuntime
import Testing

/// Tracebacks are taken where Lua has just failed: at the end of its stack, and as deep as it goes. `luaL_traceback` asks
/// for too little room before 5.4.7 (upstream fix b529aefc); ours asks for all of it, and looks at few frames.
@Suite struct TracebackTests {
    @Test(.timeLimit(.minutes(1)))
    func overflowIsReportedAtOnce() async throws {
        let source = """
            local function deep() return 1 + deep() end
            for _ = 1, 20 do coroutine.resume(coroutine.create(deep)) end
            deep()
            """
        let error = try await failure(of: source, limits: LuaLimits(memory: 512 << 20))
        #expect(error.message.contains("stack overflow"))
        #expect(error.traceback.count == 13)
        #expect(error.traceback.last == "...")
    }

    @Test(.timeLimit(.minutes(1)))
    func tracebackInTheDepthIsShort() async throws {
        let source = """
            local shown
            local function deep(n)
              if n > 0 then return 1 + deep(n - 1) end
              for _ = 1, 100 do shown = debug.traceback("here") end
              return 0
            end
            deep(150000)
            return select(2, shown:gsub("\\n", "\\n"))
            """
        #expect(try await run(source, limits: LuaLimits(memory: 512 << 20)).literal == "14")
    }

    @Test func bothEndsOfALongStackAreShown() async throws {
        let source = """
            local function deep(n) if n > 0 then return 1 + deep(n - 1) end error("here") end
            local function first() return 1 + deep(1000) end
            first()
            """
        let error = try await failure(of: source)
        #expect(error.traceback.count == 21)
        #expect(error.traceback[12] == "...")
        #expect(error.traceback[19].hasPrefix("test.lua:2: in"))
        #expect(error.traceback[20] == "test.lua:3: in main chunk")
    }

    /// At every number of values on the stack: with too little room this writes beyond it.
    @Test func thereIsRoomAtEveryHeight() async throws {
        let source = """
            local count = 0
            for height = 0, 300 do
              coroutine.wrap(function(...)
                if debug.traceback("x", 1, ...):find("x\\nstack traceback:\\n", 1, true) then count = count + 1 end
                local co = coroutine.create(function(...) error("x") end)
                coroutine.resume(co, ...)
              end)(table.unpack({}, 1, height))
            end
            return count
            """
        #expect(try await run(source).literal == "301")
    }

    /// The same text raised again and again is not one error that travels: what is kept of it has a bound.
    @Test func caughtErrorsOfEqualTextAreForgotten() async throws {
        let source = """
            local function fail() error("again", 0) end
            coroutine.resume(coroutine.create(fail))
            collectgarbage()
            local before = collectgarbage("count")
            for _ = 1, 5000 do coroutine.resume(coroutine.create(fail)) end
            collectgarbage()
            return collectgarbage("count") - before < 64
            """
        #expect(try await run(source).literal == "true")
    }
}
