import LuaRuntime
import Testing

@Suite struct ValueTests {
    static let values: [LuaValue] = [
        .nil, .null, .boolean(true), .boolean(false), .integer(0), .integer(.max), .integer(.min),
        .integer(9_007_199_254_740_993), .integer(1_575_418_076_977_623_040), .number(0.1), .number(-0.0),
        .number(.infinity), .string(""), .string("数码"), .string(LuaString(bytes: [0, 1, 0])),
        .string(LuaString(bytes: [0xFF, 0xC0, 0x80])), .table(LuaTable()),
        .table(LuaTable(array: [.integer(1), .string("a"), .table(LuaTable(array: [.boolean(true)]))])),
        .table(
            LuaTable(
                array: [.string("x")],
                pairs: [.init(key: .string("名"), value: .integer(7)), .init(key: .number(1.5), value: .string("k"))])),
    ]

    @Test(arguments: values)
    func valueSurvivesTheWayThroughLua(value: LuaValue) async throws {
        let results = try await run("local v = ... return v", arguments: [value])
        #expect(results.literal == value.literal)
    }

    @Test(arguments: values)
    func valueSurvivesTheWayThroughAHostFunction(value: LuaValue) async throws {
        let echo = HostFunction.function("echo") { $0.values }
        let results = try await run("return echo(...)", functions: ["echo": echo], arguments: [value])
        #expect(results.literal == value.literal)
    }

    @Test func tableThatContainsItselfIsMarkedWhereItRecurs() async throws {
        let results = try await run("local t = {1} t.self = t t.inner = {back = t} return t")
        #expect(results.literal == "{1, ['inner']={['back']=cycle}, ['self']=cycle}")
    }

    @Test func sharedTableIsNoCycle() async throws {
        let results = try await run("local s = {1} return {s, s}")
        #expect(results.literal == "{{1}, {1}}")
    }

    @Test func nestingBeyondTheBoundIsMarked() async throws {
        let results = try await run("local t = {} for _ = 1, 300 do t = {t} end return t")
        #expect(results.literal.contains("too deep"))
    }

    @Test func deepSwiftValueIsRefusedAndReleasedWithoutRecursion() async throws {
        var value = LuaValue.table(LuaTable())
        for _ in 0..<200_000 { value = .table(LuaTable(array: [value])) }
        let deep = value
        await #expect(throws: LuaError.self) { try await run("return ...", arguments: [deep]) }
        let give = HostFunction.function("give") { _ in [deep] }
        let results = try await run(
            "local ok, e = pcall(give) return ok, e.kind", functions: ["give": give])
        #expect(results.literal == "false, 'invalid'")
    }

    @Test func stringsInsideTablesSurviveAFinaliserThatEmptiesTheTable() async throws {
        // Gathering allocates, allocation collects, and the finaliser then changes the table that is being read.
        let source = """
            local t = {}
            for i = 1, 2000 do t[i] = "value-" .. i end
            for _ = 1, 200 do
              setmetatable({}, {__gc = function() for i = 1, #t do t[i] = "other-" .. i end end})
              local n, first = measure(t)
              assert(n == 2000 and (first == "value-1" or first == "other-1"), first)
            end
            return true
            """
        let measure = HostFunction.function("measure") { arguments in
            let array = try arguments.table(1).array
            return [.integer(Int64(array.count)), array[0]]
        }
        #expect(try await run(source, functions: ["measure": measure]).literal == "true")
    }

    @Test func functionOfAnotherScriptIsRefused() async throws {
        let foreign = try await run("return function() end")
        await #expect(throws: LuaError.self) { try await run("return ...", arguments: foreign) }
    }

    @Test func functionOutlivesItsScript() async throws {
        let functions = try await run("return function() end, coroutine.create(print)")
        #expect(functions.map(\.typeName) == ["function", "userdata"])
    }
}
