import LuaRuntime
import Testing

@Suite struct ErrorTests {
    struct Refusal: LuaErrorConvertible, Equatable {
        let code: Int64
        var luaMessage: String { "refused with \(code)" }
        var luaFields: [(String, LuaValue)] { [("kind", .string("api")), ("code", .integer(code))] }
    }

    static let refuse = HostFunction.function("refuse") { throw Refusal(code: try $0.integer(1)) }
    static let refuseLater = HostFunction.async("refuse") { arguments in
        await Task.detached {}.value
        throw Refusal(code: try arguments.integer(1))
    }

    @Test(arguments: [refuse, refuseLater])
    func swiftErrorHasFieldsAndAPositionInLua(function: HostFunction) async throws {
        let source = """
            local ok, e = pcall(refuse, 5)
            local function call() refuse(6) end
            local ok2, e2 = pcall(call)
            return ok, e.kind, e.code, e.message, ok2, tostring(e2)
            """
        let results = try await run(source, functions: ["refuse": function])
        #expect(results.literal == "false, 'api', 5, 'refused with 5', false, 'test.lua:2: refused with 6'")
    }

    @Test(arguments: [refuse, refuseLater])
    func uncaughtSwiftErrorIsItselfTheCause(function: HostFunction) async throws {
        let error = try await failure(of: "local function f()\n  refuse(7)\nend\nf()", functions: ["refuse": function])
        #expect(error.cause as? Refusal == Refusal(code: 7))
        #expect(error.message == "test.lua:2: refused with 7")
        #expect(error.traceback == ["test.lua:2: in local 'f'", "test.lua:4: in main chunk"])
    }

    @Test func rethrownErrorKeepsFieldsAndCause() async throws {
        let source = "local ok, e = pcall(refuse, 8) e.note = 'seen' error(e, 0)"
        let error = try await failure(of: source, functions: ["refuse": Self.refuse])
        #expect(error.cause as? Refusal == Refusal(code: 8))
        guard case .table(let table) = error.value else {
            Issue.record("a table expected")
            return
        }
        #expect(table["note"]?.literal == "'seen'")
    }

    @Test func luaErrorThroughSwiftIsTheIdenticalValue() async throws {
        let relay = HostFunction.direct("relay") { call in
            let function = try call.arguments().function(1)
            for value in try call.invoke(function, []) { try call.append(value) }
        }
        let source = """
            local thrown = setmetatable({}, {__name = 'mine'})
            local ok, caught = pcall(relay, function() relay(function() error(thrown) end) end)
            return ok, rawequal(thrown, caught), relay(function() return 1, 2 end)
            """
        #expect(try await run(source, functions: ["relay": relay]).literal == "false, true, 1, 2")
    }

    @Test func errorInsideACoroutineShowsItsFramesFirst() async throws {
        let source = """
            local function deep() error({}) end
            local co = coroutine.wrap(function() deep() end)
            local function outer() co() end
            outer()
            """
        let error = try await failure(of: source)
        #expect(
            error.traceback == [
                "test.lua:1: in upvalue 'deep'", "test.lua:2: in an anonymous function",
                "test.lua:3: in local 'outer'", "test.lua:4: in main chunk",
            ])
    }

    @Test(arguments: [
        ("error()", "nil"), ("error('x', 0)", "x"), ("error(42)", "42"), ("error({message = 'm'})", "m"),
        ("error({})", "(error object is a table value)"),
        ("error(setmetatable({}, {__tostring = function() return 'shown' end}))", "shown"),
        (
            "error(setmetatable({}, {__tostring = function() error('no') end}))",
            "(error object whose __tostring failed)"
        ),
        ("local t = nil; t.x = 1", "test.lua:1: attempt to index a nil value (local 't')"),
    ])
    func anyErrorValueHasAMessage(source: String, message: String) async throws {
        #expect(try await failure(of: source).message == message)
    }

    @Test(arguments: ["x = = 1", "return (", "for", "\u{1B}Lua", "goto nowhere"])
    func textThatDoesNotCompileIsASyntaxError(source: String) async throws {
        let error = try await failure(of: source)
        #expect(error.kind == .syntax)
        #expect(error.message.hasPrefix("test.lua:1:") || error.message.contains("binary chunk"))
    }

    @Test func bytecodeIsRefusedByLoadToo() async throws {
        let results = try await run("return load('\\27Lua')")
        #expect(results.literal.hasPrefix("nil, '"))
        #expect(try await run("return load('return 1', 'x', 'b')").literal.hasPrefix("nil, "))
        #expect(try await run("return string.dump").literal == "nil")
    }
}
