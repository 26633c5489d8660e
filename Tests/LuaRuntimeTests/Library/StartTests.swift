import Synchronization
import Testing

@testable import LuaRuntime

/// `require` and `io` over functions of a host.
@Suite struct StartTests {
    private final class Written: Sendable {
        let texts = Mutex<[String]>([])
    }

    private struct Refusal: LuaErrorConvertible {
        let luaMessage: String
        var luaFields: [(String, LuaValue)] { [] }
    }

    private static func started(
        _ written: Written = Written(), input: [String?] = [],
        find: @escaping @Sendable (String) -> String? = { _ in nil }
    ) throws -> LuaState {
        let state = try LuaState()
        let lines = StartInput(input)
        func writer(_ kind: String) -> LuaValue {
            .hostFunction(
                HostFunction.function("write") { arguments in
                    let text = try arguments.string(1).description
                    written.texts.withLock { $0.append(kind + text) }
                    return []
                })
        }
        let finder = HostFunction.direct("require") { call in
            let name = try call.arguments().text(1)
            guard let text = find(name) else { throw Refusal(luaMessage: "no module '\(name)'") }
            try call.append(.function(call.load(Array(text.utf8), chunkName: "@\(name).lua")))
            try call.append(.string(LuaString("\(name).lua")))
        }
        let reader = HostFunction.function("read") { _ in [lines.next().map { .string(LuaString($0)) } ?? .nil] }
        let refuse = HostFunction.function("deny") { arguments in
            throw Refusal(luaMessage: "denied: " + (try arguments.text(1)))
        }
        try state.start([
            ("find", .hostFunction(finder)), ("write", writer("")), ("write_error", writer("!")),
            ("read", .hostFunction(reader)), ("deny", .hostFunction(refuse)), ("arg", .table(LuaTable(fields: []))),
        ])
        return state
    }

    private static func run(_ state: LuaState, _ text: String) throws -> String {
        try state.call(try state.load(Array(text.utf8), chunkName: "=text")).literal
    }

    @Test(arguments: [
        ("io.write('a', 1, 2.5)", ["a12.5"]),
        ("io.write()", [""]),
        ("io.stdout:write('a'):write('b')", ["a", "b"]),
        ("io.stderr:write('a')", ["!a"]),
        ("io.stdout.write(nil, 'x')", ["x"]),
        ("io.write('a b'):flush():write(3)", ["a b", "3"]),
    ])
    func textGoesToTheHost(text: String, expected: [String]) throws {
        let written = Written()
        _ = try Self.run(try Self.started(written), text)
        #expect(written.texts.withLock { $0 } == expected)
    }

    @Test(
        arguments: [
            ("return io.read()", ["one"], "'one'"),
            ("return io.read('n', 'l')", ["12", "rest"], "12, 'rest'"),
            ("return io.read('*n')", ["0x10"], "16"),
            ("return io.read('n', 'l')", ["no", "rest"], "nil"),
            ("return io.read('l', 'l', 'l')", ["a", nil, "c"], "'a', nil"),
            ("return io.stdin:read('l')", ["a"], "'a'"),
            ("local t = {} for l in io.lines() do t[#t + 1] = l end return table.concat(t, '+')", ["a", "b"], "'a+b'"),
            ("for a, b in io.lines(nil, 'l', 'n') do return a, b end", ["a", "7"], "'a', 7"),
            ("for a in io.stdin:lines('n') do return a end", ["7"], "7"),
            (
                "return io.type(io.stdout), io.type(io.stdin), io.type({}), io.type()", [],
                "'file', 'file', nil, nil"
            ),
            (
                "return tostring(io.stdout), tostring(io.stderr), tostring(io.stdin)", [],
                "'file (stdout)', 'file (stderr)', 'file (stdin)'"
            ),
            ("return io.stdout:setvbuf('no'), package.loaded.io == io, rawget(_G, 'c8')", [], "true, true, nil"),
        ] as [(String, [String?], String)])
    func whatIoGives(text: String, input: [String?], expected: String) throws {
        #expect(try Self.run(try Self.started(input: input), text) == expected)
    }

    @Test(arguments: [
        ("io.write('a', {})", "text:1: bad argument #2 to 'write' (string expected, got table)"),
        ("io.stderr:write(nil)", "text:1: bad argument #1 to 'write' (string expected, got nil)"),
        ("io.stdout:close()", "text:1: the standard streams stay open"),
        ("io.stdin:write('x')", "text:1: standard input cannot be written"),
        ("io.open('f')", "denied: io.open"),
        ("io.lines('f')", "denied: io.lines with a file name"),
        ("require(1)", "text:1: bad argument #1 to 'require' (string expected, got number)"),
        ("require 'nothing'", "no module 'nothing'"),
        ("require 'itself'", "itself.lua:1: module 'itself' requires itself"),
    ])
    func whatIsWrongIsSaidWhereItIs(text: String, message: String) throws {
        let state = try Self.started { $0 == "itself" ? "require 'itself'" : nil }
        let error = #expect(throws: LuaError.self) { _ = try Self.run(state, text) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test func moduleIsLoadedOnceWhateverItReturns() throws {
        let state = try Self.started { name in
            switch name {
            case "value": "count = (count or 0) + 1; return {name = ..., path = select(2, ...)}"
            case "nothing": "count = (count or 0) + 1"
            case "own": "package.loaded.own = 'set'"
            case "fails": "error 'broken'"
            default: nil
            }
        }
        let text = """
            local a, path = require 'value'
            assert(a == require 'value' and a.name == 'value' and a.path == path)
            assert(require 'nothing' == true and require 'nothing' == true)
            package.preload.made = function(name, from) return name .. from end
            return count, path, require 'own', (require 'made')
            """
        #expect(try Self.run(state, text) == "2, 'value.lua', 'set', 'made:preload:'")
        // One that has failed is tried again.
        for _ in 0..<2 {
            #expect(try Self.run(state, "return (select(2, pcall(require, 'fails')))").contains("broken"))
        }
    }

    @Test func moduleMayYieldWhileItLoads() throws {
        let state = try Self.started { $0 == "yields" ? "local got = coroutine.yield('asked'); return {got}" : nil }
        let text = """
            local run = coroutine.wrap(function() return require('yields')[1] end)
            local asked = run()
            local isFree = pcall(require, 'yields')
            return asked, isFree, run('answer'), require('yields')[1]
            """
        #expect(try Self.run(state, text) == "'asked', false, 'answer', 'answer'")
    }

    @Test func everyStateHasWholeLibraries() throws {
        for _ in 0..<3 {
            let state = try Self.started()
            #expect(
                try Self.run(state, "return io ~= nil, string.format('%d', 7), math.max(1, 2), #arg")
                    == "true, '7', 2, 0")
        }
    }
}

/// Lines that are read one after the other.
private final class StartInput: Sendable {
    private let lines: Mutex<[String?]>

    init(_ lines: [String?]) { self.lines = Mutex(lines) }

    func next() -> String? { lines.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
