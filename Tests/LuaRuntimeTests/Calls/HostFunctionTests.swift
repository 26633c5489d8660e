import LuaRuntime
import Testing

@Suite struct HostFunctionTests {
    static let add = HostFunction.direct("add") { call in try call.append(call.integer(1) + call.integer(2)) }

    @Test(arguments: [
        ("return add(2, 40)", "42"), ("return add(2.0, 40)", "42"), ("return add('2', 40)", "42"),
        ("return add(math.mininteger, math.maxinteger)", "-1"),
    ])
    func argumentsAndResultsAreExact(source: String, expected: String) async throws {
        #expect(try await run(source, functions: ["add": Self.add]).literal == expected)
    }

    @Test(arguments: [
        ("add()", "bad argument #1 to 'add' (number expected, got no value)"),
        ("add(1, {})", "bad argument #2 to 'add' (number expected, got table)"),
        ("add(1.5, 1)", "bad argument #1 to 'add' (number has no integer representation)"),
        ("add(1, nil)", "bad argument #2 to 'add' (number expected, got nil)"),
    ])
    func wrongArgumentIsNamedAsLuaDoes(source: String, message: String) async throws {
        let error = try await failure(of: source, functions: ["add": Self.add])
        #expect(error.message == "test.lua:1: \(message)")
    }

    /// Short and long ones, ASCII or not, are made in different ways.
    @Test func textsOfEachLengthComeAndGo() async throws {
        let source = """
            local sum = 0
            for count = 0, 40 do
              for _, tail in ipairs {"", "é", "批", "\\u{1F4E6}", "\\0"} do
                local text = ("x"):rep(count) .. tail
                assert(echo(text) == text and echo(tail .. text) == tail .. text)
                sum = sum + 1
              end
              for _, tail in ipairs {"\\xFF", "\\x80", "\\xE6\\x89"} do
                local text = ("x"):rep(count) .. tail
                assert(not pcall(echo, text) and not pcall(echo, tail .. text))
              end
            end
            local long = ("0123456789abcdef"):rep(1 << 18)
            assert(echo(long) == long and echo("a") == "a")
            return sum
            """
        let echo = HostFunction.typed("echo") { (text: String) in text }
        #expect(try await run(source, functions: ["echo": echo]).literal == "205")
    }

    /// The first ones of a state have entries of their own; those of functions that are gone serve no other.
    @Test func eachOfManyFunctionsIsItself() async throws {
        let make = HostFunction.function("make") { arguments in
            let number = try arguments.integer(1)
            return [.hostFunction(HostFunction.function("made") { _ in [.integer(number)] })]
        }
        let source = """
            local made = {}
            for i = 1, 700 do made[i] = make(i) end
            for i = 1, 700, 3 do made[i] = nil end
            collectgarbage()
            for i = 701, 900 do made[i] = make(i) end
            for i, f in pairs(made) do assert(f() == i) end
            return #tostring(made[2]) > 0
            """
        #expect(try await run(source, functions: ["make": make]).literal == "true")
    }

    @Test func manyArgumentsAndResultsPass() async throws {
        let echo = HostFunction.function("echo") { $0.values }
        #expect(
            try await run("return select('#', echo(table.unpack({}, 1, 5000)))", functions: ["echo": echo]).literal
                == "5000")
    }

    @Test func moreResultsThanTheStackHoldsAreAnError() async throws {
        let flood = HostFunction.function("flood") { _ in Array(repeating: .integer(1), count: 1_100_000) }
        let results = try await run(
            "return pcall(flood)", functions: ["flood": flood], limits: LuaLimits(memory: 256 << 20))
        #expect(results.first?.literal == "false")
    }

    /// A host function that compiles and calls itself without end meets the bound on nested C calls.
    @Test func endlessRecursionThroughSwiftIsAnError() async throws {
        let recurse = HostFunction.direct("recurse") { call in
            let function = try call.load(Array("return recurse()".utf8), chunkName: "=again")
            for value in try call.invoke(function, []) { try call.append(value) }
        }
        let error = try await failure(of: "return recurse()", functions: ["recurse": recurse])
        #expect(error.message.contains("C stack overflow"))
    }

    @Test func callbackMayBeKeptAndCalledLater() async throws {
        let script = try LuaScript()
        let chunk = try await script.load(
            Array("local n = 0 return function(d) n = n + d return n end".utf8), chunkName: "@t")
        guard case .function(let counter)? = try await script.call(chunk).first else {
            Issue.record("a function expected")
            return
        }
        _ = try await script.call(counter, [.integer(2)])
        #expect(try await script.call(counter, [.integer(3)]).literal == "5")
    }
}
