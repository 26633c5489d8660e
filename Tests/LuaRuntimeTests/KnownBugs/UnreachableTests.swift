import LuaRuntime
import Testing

/// Known bugs of Lua 5.4.4 whose door is closed, and those that give wrong results but stay within the sandbox.
@Suite struct UnreachableTests {
    /// Corrupt binary chunks and stripped functions (upstream fixes ab859fe5, bdc85357): only text is loaded or dumped.
    @Test(arguments: [
        "load('\\27Lua')", "load('\\27Lua', 'x', 'b')", "load('\\27Lua', 'x', 'bt')", "load('\\27', nil, 't')",
        "load(function() return '\\27Lua' end)", "load(function() return '\\27Lua' end, 'x', 'bt')",
        "load('return 1', 'x', 'b')",
    ])
    func binaryChunksAreRefused(call: String) async throws {
        let results = try await run("local f, problem = \(call) return f, type(problem)")
        #expect(results.literal == "nil, 'string'")
    }

    @Test func functionsAreNotDumpedNorInspected() async throws {
        let source =
            "local n = 0 for _ in pairs(debug) do n = n + 1 end return pcall(string.dump or error, print), n, debug.getinfo"
        #expect(try await run(source).map(\.literal).first == "false")
        #expect(
            try await run("return debug.getinfo, debug.sethook, debug.getmetatable, debug.upvaluejoin").literal
                == "nil, nil, nil, nil")
    }

    /// A length beyond `size_t` (upstream fix 5853c37a): the memory limit, or Lua's own check, comes first.
    @Test(arguments: [
        "local s = 'x' while true do s = s .. s end",
        "return ('x'):rep(1 << 62)", "return ('x'):rep(1 << 62, 'y')", "return ('x'):rep(math.maxinteger)",
    ])
    func lengthsDoNotOverflow(source: String) async throws {
        let error = try await failure(of: source, limits: LuaLimits(memory: 32 << 20))
        #expect(error.kind == .stopped(.memory) || error.message.contains("too large"))
    }

    /// Wrong code for bitwise operations in functions of many constants (upstream fix c764ca71): 5.4.4 says 0 for the
    /// first. Either way a number comes out.
    @Test func bitwiseOperationsYieldNumbers() async throws {
        let source = """
            local text = "local x = {"
            for i = 1, 257 do text = text .. i .. ".1," end
            local function check(operator) return math.type(load(text .. "} return (1 " .. operator .. " (2 or 3))")()) end
            return check("~"), check("|"), check("<<"), check("+")
            """
        #expect(try await run(source).literal == "'integer', 'integer', 'integer', 'integer'")
    }

    /// `utf8.codes` passes over stray continuation bytes (upstream fix a1089b41) in 5.4.4, and raises later.
    @Test func strayContinuationBytesAreHarmless() async throws {
        let source = """
            local ok, n = pcall(function() local n = 0 for _ in utf8.codes("in\\x80valid") do n = n + 1 end return n end)
            return ok == false or n == 7
            """
        #expect(try await run(source).literal == "true")
    }
}
