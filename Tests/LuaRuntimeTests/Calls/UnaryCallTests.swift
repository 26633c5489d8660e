import Testing

@testable import LuaRuntime

/// Functions of one argument, of which C reads no other before somebody asks.
@Suite struct UnaryCallTests {
    private func message(_ call: String, _ function: HostFunction) async throws -> String? {
        try await run("local _, e = pcall(f\(call)) return e.message", functions: ["f": function]).first?.string?
            .description
    }

    @Test(arguments: ["5", "5, 6", "5.0", "5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10", "5, {}, print"])
    func othersAreLeftAlone(arguments: String) async throws {
        let f = HostFunction.typed("f") { (number: Int) in number + 1 }
        #expect(try await run("return f(\(arguments))", functions: ["f": f]).literal == "6")
        let last = HostFunction.typed("f") { (flag: Bool) in !flag }
        #expect(try await run("return f(true, \(arguments))", functions: ["f": last]).literal == "false")
    }

    @Test(arguments: [
        (", 'x'", "bad argument #1 to 'f' (number expected, got string)"),
        ("", "bad argument #1 to 'f' (number expected, got no value)"),
        (", nil", "bad argument #1 to 'f' (number expected, got nil)"),
        (", nil, 1", "bad argument #1 to 'f' (number expected, got nil)"),
        (", {}, 1, 2, 3, 4, 5, 6, 7, 8, 9", "bad argument #1 to 'f' (number expected, got table)"),
        (", 1.5", "bad argument #1 to 'f' (number has no integer representation)"),
        (", 300", "bad argument #1 to 'f' (number out of range: 0 to 255 expected, got 300)"),
    ])
    func argumentThatIsWrongIsNamed(arguments: String, expected: String) async throws {
        #expect(try await message(arguments, .typed("f") { (_: UInt8) in }) == expected)
    }

    /// One after another: what came the last time decides how the next one is looked at.
    @Test func typesMayChangeFromCallToCall() async throws {
        let f = HostFunction.typed("f") { (value: LuaValue) in value }
        let source = """
            local seen = {}
            for _, value in ipairs{1, "a", 2, 2.5, true, "b", 3, {4}, 5} do seen[#seen + 1] = f(value) end
            return f(), f(nil), #seen, seen[1], seen[2], seen[4], seen[6], seen[7], seen[8][1], seen[9]
            """
        #expect(
            try await run(source, functions: ["f": f]).map(\.literal)
                == ["nil", "nil", "9", "1", "'a'", "2.5", "'b'", "3", "4", "5"])
    }

    @Test func optionalMayBeMissing() async throws {
        let f = HostFunction.typed("f") { (number: Int?) in number ?? -1 }
        #expect(
            try await run("return f(), f(nil), f(json.null), f(3), f(3, 4)", functions: ["f": f]).map(\.literal)
                == ["-1", "-1", "-1", "3", "3"])
    }

    @Test(arguments: [
        ("", "0"), ("1", "1"), ("1, 2, 3", "6"), ("1, 2, 3, 4, 5, 6, 7, 8", "36"),
        ("1, 2, 3, 4, 5, 6, 7, 8, 9, 10", "55"),
    ])
    func anyNumberMayBeTakenAsOne(arguments: String, sum: String) async throws {
        let f = HostFunction.typed("f") { (numbers: LuaVariadic<Int>) in numbers.values.reduce(0, +) }
        #expect(try await run("return f(\(arguments))", functions: ["f": f]).literal == sum)
    }

    /// Takes two arguments as one parameter.
    private struct Pair: LuaParameter {
        let first: String
        let second: LuaTable

        static func take(from arguments: inout LuaArgumentReader) throws -> Pair {
            Pair(first: try String.take(from: &arguments), second: try LuaTable.take(from: &arguments))
        }
    }

    @Test func parameterMayTakeSeveral() async throws {
        let f = HostFunction.typed("f") { (pair: Pair) in "\(pair.first)\(pair.second.array.count)" }
        let calls = "return f('a', {1, 2}), f('b', {}, 3), f('c', {1}, 2, 3, 4, 5, 6, 7, 8, 9)"
        #expect(try await run(calls, functions: ["f": f]).map(\.literal) == ["'a2'", "'b0'", "'c1'"])
        #expect(
            try await message(", 'a'", f) == "bad argument #2 to 'f' (table expected, got no value)")
    }

    @Test func fieldsAreReadThoughOthersFollow() async throws {
        let f = HostFunction.typed("f") { (fields: LuaFields) in try fields.integer("a") + fields["b", as: Int64.self] }
        let calls = "return f{a = 1, b = 2}, f({a = 3, b = 4}, 5, {}), f({a = 5, b = 6}, 2, 3, 4, 5, 6, 7, 8, 9)"
        #expect(try await run(calls, functions: ["f": f]).map(\.literal) == ["3", "7", "11"])
    }

    @Test func memoryThatEndsWhileManyAreCopiedStopsTheScript() async throws {
        let f = HostFunction.typed("f") { (values: LuaVariadic<LuaValue>) in values.values.count }
        let source = """
            local t = {}
            for i = 1, 40000 do t[i] = i end
            f(t, 2, 3, 4, 5, 6, 7, 8, 9)
            """
        let error = try await failure(of: source, functions: ["f": f], limits: LuaLimits(memory: 3 << 20))
        #expect(error.kind == .stopped(.memory))
    }

    @Test func shortTextComesBackWhateverIsInIt() async throws {
        let echo = HostFunction.typed("echo") { (text: String) in text }
        let source = """
            for n = 0, 40 do
              for _, unit in ipairs{"a", "é", "批", "\\0", "😀"} do
                local text = unit:rep(n)
                assert(echo(text) == text, n)
              end
            end
            return "done"
            """
        #expect(try await run(source, functions: ["echo": echo]).literal == "'done'")
    }
}
