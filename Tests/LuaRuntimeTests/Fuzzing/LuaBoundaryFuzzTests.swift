import Fuzzing
import LuaRuntime
import Testing

/// Programs made of what is risky, put together at random: each ends with results, an error or its limit, and never with the
/// process. Under the sanitizers this looks for memory errors.
@Suite struct LuaBoundaryFuzzTests {
    @Test func everyProgramEnds() async throws {
        try await Fuzzing.loop(least: 150) { seed in
            var generator = SeededGenerator(seed: seed)
            let source = ProgramMaker.program(&generator)
            let limits = LuaLimits(memory: 4 << 20, instructions: 200_000, grace: .milliseconds(50))
            do {
                _ = try await run(
                    source, functions: ["later": later, "back": Self.back, "fails": Self.fails], limits: limits)
            } catch let error as LuaError {
                #expect(error.kind != .host || !error.message.isEmpty, "seed \(seed): \(source)")
            }
        }
    }

    /// Gives back what it gets: every kind of value crosses both ways.
    private static let back = HostFunction.function("back") { $0.values }
    private static let fails = HostFunction.function("fails") { arguments in throw arguments.error(1, "no") }
}

/// Random Lua: statements over a few variables, with values and functions that have been a problem somewhere.
private enum ProgramMaker {
    static let values = [
        "nil", "true", "0", "-1", "1.5", "1/0", "-(0/0)", "math.maxinteger", "math.mininteger", "2^53", "''", "'a'",
        "('x'):rep(100)", "('x'):rep(70000)", "'\\0\\255'", "'%d+'", "'(.-)%1'", "'%b()'", "'%f[%a]'", "'[^]'", "'%'",
        "{}", "{1,2,3}", "{n=1}", "t", "m", "f", "co", "print", "json", "json.null", "string", "_G",
        "setmetatable({}, m)", "setmetatable({}, {__gc = f})", "setmetatable({}, {__index = f, __newindex = f})",
        "setmetatable({}, {__len = function() return math.maxinteger end})", "coroutine.create(f)", "function() end",
        "setmetatable({}, {__close = f})", "setmetatable({}, {__tostring = f, __name = 7})", "string.rep", "{{{{}}}}",
    ]
    static let calls = [
        "string.rep", "string.format", "string.find", "string.match", "string.gsub", "string.gmatch", "string.byte",
        "string.char", "string.sub", "string.upper", "string.reverse", "string.pack", "string.unpack",
        "string.packsize",
        "table.concat", "table.insert", "table.remove", "table.move", "table.sort", "table.unpack", "table.pack",
        "utf8.char",
        "utf8.codepoint", "utf8.len", "utf8.offset", "utf8.codes", "math.floor", "math.random", "math.tointeger",
        "tostring",
        "tonumber", "type", "next", "pairs", "ipairs", "select", "rawget", "rawset", "rawlen", "rawequal",
        "setmetatable",
        "getmetatable", "pcall", "xpcall", "error", "assert", "load", "coroutine.create", "coroutine.resume",
        "coroutine.wrap", "coroutine.yield", "coroutine.close", "coroutine.status", "coroutine.isyieldable",
        "collectgarbage", "json.encode", "json.decode", "json.array", "json.object", "back", "later", "fails",
        "os.time",
        "os.date", "debug.traceback", "f", "co", "m.__index",
    ]
    static let operators = [
        "..", "+", "-", "*", "/", "//", "%", "^", "&", "|", "~", "<<", ">>", "==", "~=", "<", "<=", "and", "or",
    ]

    static func program(_ generator: inout SeededGenerator) -> String {
        var text = """
            local t, m, f, co = {1, 2, 3}, {}, function(...) return ... end, nil
            m.__index, m.__concat, m.__eq, m.__lt = function(_, k) return k end, function(a, b) return 'c' end, f, f
            co = coroutine.wrap(function(...) while true do coroutine.yield(...) end end)\n
            """
        for _ in 0..<(3 + generator.number(below: 10)) { text += statement(&generator, depth: 2) + "\n" }
        return text
    }

    private static func statement(_ generator: inout SeededGenerator, depth: Int) -> String {
        let value = expression(&generator, depth: depth)
        guard depth > 0 else { return "local _ = \(value)" }
        let inner = statement(&generator, depth: depth - 1)
        return switch generator.number(below: 12) {
        case 0: "t[\(expression(&generator, depth: 0))] = \(value)"
        case 1: "for i = 1, 20 do \(inner) end"
        case 2: "for k, v in pairs(t) do \(inner) end"
        case 3: "f = function(...) \(inner) return ... end"
        case 4: "do local x <close> = setmetatable({}, {__close = function() \(inner) end}) end"
        case 5: "pcall(function() \(inner) end)"
        case 6: "xpcall(function() \(inner) end, function(e) \(inner) return e end)"
        case 7: "coroutine.wrap(function() \(inner) end)()"
        case 8: "m.__gc = function() \(inner) end setmetatable({}, m) collectgarbage()"
        case 9: "t = {\(value)}"
        case 10: "pcall(coroutine.close, coroutine.create(function() \(inner) end))"
        default: "pcall(\(generator.pick(calls)), \(value), \(expression(&generator, depth: 1)))"
        }
    }

    private static func expression(_ generator: inout SeededGenerator, depth: Int) -> String {
        guard depth > 0 else { return generator.pick(values) }
        return switch generator.number(below: 4) {
        case 0:
            "(\(expression(&generator, depth: depth - 1))) \(generator.pick(operators)) (\(expression(&generator, depth: depth - 1)))"
        case 1:
            "(select(2, pcall(\(generator.pick(calls)), \(expression(&generator, depth: depth - 1)), \(generator.pick(values)), \(generator.pick(values)))))"
        case 2: "#\(generator.pick(["t", "'abc'", "{1, nil, 3}"]))"
        default: generator.pick(values)
        }
    }
}
