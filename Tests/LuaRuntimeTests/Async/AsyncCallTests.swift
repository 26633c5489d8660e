import LuaRuntime
import Synchronization
import Testing

@Suite struct AsyncCallTests {
    /// Wherever Lua may call a function, a host function may suspend.
    @Test(arguments: [
        ("the main chunk", "return later(1)", "1"),
        ("several results", "return later(1, nil, 'x')", "1, nil, 'x'"),
        ("a coroutine", "return coroutine.resume(coroutine.create(function(a) return later(a) end), 7)", "true, 7"),
        ("coroutine.wrap", "return coroutine.wrap(function() return later(3) end)()", "3"),
        (
            "an iterator from wrap",
            "local s = 0 for i in coroutine.wrap(function() for i = 1, 4 do later() coroutine.yield(i) end end) do s = s + i end return s",
            "10"
        ),
        (
            "a coroutine in a coroutine",
            """
            local inner = function() later() coroutine.yield('a') later() return 'b' end
            local outer = coroutine.wrap(function()
              local co = coroutine.create(inner)
              local _, x = coroutine.resume(co) later() coroutine.yield(x)
              local _, y = coroutine.resume(co) return y
            end)
            return outer(), outer()
            """, "'a', 'b'"
        ),
        ("__index", "return setmetatable({}, {__index = function(_, k) return later(k) end}).name", "'name'"),
        (
            "__newindex",
            "local seen = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, later(v)) end}) seen.x = 5 return seen.x",
            "5"
        ),
        ("__add", "return setmetatable({}, {__add = function(_, b) return later(b) end}) + 4", "4"),
        ("__concat", "return setmetatable({}, {__concat = function() return later('c') end}) .. 'x'", "'c'"),
        (
            "__eq",
            "local m = {__eq = function() return later(true) end} return setmetatable({}, m) == setmetatable({}, m)",
            "true"
        ),
        (
            "__lt",
            "local m = {__lt = function() return later(true) end} return setmetatable({}, m) < setmetatable({}, m)",
            "true"
        ),
        ("__call", "return setmetatable({}, {__call = function(_, x) return later(x) end})(9)", "9"),
        ("__close", "do local _ <close> = setmetatable({}, {__close = function() x = later(2) end}) end return x", "2"),
        (
            "an iterator function",
            "local n = 0 for v in function() n = n + 1 return later(n < 4 and n or nil) end do last = v end return last",
            "3"
        ),
        ("pcall", "return pcall(later, 1)", "true, 1"),
        ("pcall in pcall", "return pcall(pcall, later, 1)", "true, true, 1"),
        ("after a caught error", "pcall(function() later() error('x') end) return later(1)", "1"),
        ("xpcall", "return xpcall(later, debug.traceback, 1)", "true, 1"),
        ("an xpcall handler", "return xpcall(error, function(m) return later(m) end, 'm')", "false, 'm'"),
        (
            "table.sort", "local t = {3, 1, 2} table.sort(t, function(a, b) return later(a < b) end) return t",
            "{1, 2, 3}"
        ),
        ("string.gsub", "return (string.gsub('abc', '%w', function(c) return later(c .. c) end))", "'aabbcc'"),
        (
            "coroutine inside sort",
            """
            local t = {2, 3, 1}
            table.sort(t, function(a, b) return coroutine.wrap(function() return later(a < b) end)() end)
            return t
            """, "{1, 2, 3}"
        ),
        (
            "a finaliser", "setmetatable({}, {__gc = function() done = later('gc') end}) collectgarbage() return done",
            "'gc'"
        ),
        (
            "load's reader",
            "local n = 0 return load(function() n = n + 1 return later(n == 1 and 'return 5' or nil) end)()", "5"
        ),
        ("__tostring", "return tostring(setmetatable({}, {__tostring = function() return later('t') end}))", "'t'"),
        (
            "table.unpack's __index",
            "return table.unpack(setmetatable({}, {__index = function(_, i) return later(i) end}), 1, 2)", "1, 2"
        ),
    ])
    func hostFunctionSuspendsAnywhere(place: String, source: String, expected: String) async throws {
        #expect(try await run(source, functions: ["later": later]).literal == expected, "\(place)")
    }

    @Test func resultThatIsReadyAtOnceNeedsNoSuspension() async throws {
        let ready = HostFunction.async("ready") { $0.values }
        // In a comparator a real suspension would block; a ready one must work with the driver not involved at all.
        let results = try await run(
            "local s = 0 for i = 1, 1000 do s = s + ready(i) end return s", functions: ["ready": ready])
        #expect(results.literal == "500500")
    }

    @Test func awaitingCoroutineIsNormalAndCannotBeResumed() async throws {
        let source = """
            local co
            co = coroutine.create(function() return probe() end)
            _G.co = co
            return coroutine.resume(co)
            """
        let script = try LuaScript()
        let probe = HostFunction.async("probe") { _ in
            await Task.detached {}.value
            // Meanwhile another call into the same script looks at the coroutine that waits.
            let chunk = try await script.load(
                Array("return coroutine.status(co), coroutine.resume(co)".utf8), chunkName: "@other.lua")
            return try await script.call(chunk)
        }
        try await script.withState { state throws(LuaError) in
            try state.set(global: "probe", to: .hostFunction(probe))
        }
        let chunk = try await script.load(Array(source.utf8), chunkName: "@test.lua")
        let results = try await script.call(chunk)
        #expect(results.literal == "true, 'normal', false, 'cannot resume non-suspended coroutine'")
    }

    @Test func coroutineLibrarySeesTheScriptAsTheMainProgram() async throws {
        let source = """
            local _, main = coroutine.running()
            local ok, message = pcall(coroutine.yield)
            return main, coroutine.isyieldable(), ok, message,
              coroutine.wrap(function() return select(2, coroutine.running()), coroutine.isyieldable() end)()
            """
        let expected = "true, false, false, 'attempt to yield from outside a coroutine', false, true"
        #expect(try await run(source).literal == expected)
    }

    @Test func twoHundredBlockedScriptsLeaveThePoolFree() async throws {
        let gate = HostFunction.async("gate") { _ in
            try await Task.sleep(for: .milliseconds(20))
            return []
        }
        let source = "local t = {2, 1} table.sort(t, function(a, b) gate() return a < b end) return t"
        let done = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<200 { group.addTask { try await run(source, functions: ["gate": gate]).literal } }
            return try await group.reduce(into: 0) { count, result in count += result == "{1, 2}" ? 1 : 0 }
        }
        #expect(done == 200)
    }
}
