import Synchronization
import Testing

@testable import LuaRuntime

/// Arguments that stay in Lua until they are asked for.
@Suite struct LiveArgumentTests {
    private struct Order: LuaCodable, Equatable {
        var id: Int64
        var number: String
        var weight: Double
        var urgent: Bool
        var lines: [Line]
        var note: String?
    }

    private struct Line: LuaCodable, Equatable {
        var sku: String
        var quantity: Int
    }

    /// Keeps the decoder that it was made of.
    private struct Keeper: LuaCodable {
        nonisolated(unsafe) static var kept: (any Decoder)?

        init(from decoder: any Decoder) throws { Self.kept = decoder }
        func encode(to encoder: any Encoder) throws {}
    }

    private func run(_ source: String, _ functions: HostFunction...) async throws -> [LuaValue] {
        let script = try LuaScript(limits: LuaLimits(memory: 32 << 20))
        let chunk = try await script.load(Array(source.utf8), chunkName: "=test")
        return try await script.call(chunk, functions.map { .hostFunction($0) })
    }

    @Test func layoutThatInlinedCodeKnowsIsTheCompilers() {
        #expect(LuaCallLayout.isRight)
    }

    @Test func structIsReadInPlace() async throws {
        let seen = Mutex<Order?>(nil)
        _ = try await run(
            """
            local f = ...
            f{id = 1 << 62, number = "A-1", weight = 2, urgent = true, extra = f, lines = {{sku = "x", quantity = 3.0}}}
            """, .typed("take") { (order: Order) in seen.withLock { $0 = order } })
        let lines = [Line(sku: "x", quantity: 3)]
        #expect(
            seen.withLock { $0 } == Order(id: 1 << 62, number: "A-1", weight: 2, urgent: true, lines: lines, note: nil))
    }

    @Test(arguments: [
        ("{}", "bad argument #1 to 'take' (order.id: number expected, got nil)"),
        ("{id = 'x'}", "bad argument #1 to 'take' (order.id: number expected, got string)"),
        ("{id = 1, number = {}}", "bad argument #1 to 'take' (order.number: string expected, got table)"),
        ("{id = 1, number = '\\xff'}", "bad argument #1 to 'take' (order.number: valid UTF-8 expected)"),
        (
            "{id = 1, number = '', weight = 1, urgent = false, lines = {{sku = 'x', quantity = 1.5}}}",
            "bad argument #1 to 'take' (order.lines[1].quantity: number has no integer representation)"
        ),
    ])
    func problemNamesItsField(_ order: String, _ message: String) async throws {
        let values = try await run(
            "local f = ... local _, e = pcall(f, \(order)) return e.message",
            .typed("take") { (_: Order) in })
        #expect(values.first?.string == message)
    }

    private struct Options: LuaCodable, Equatable {
        var flag: Bool?
        var text: String?
        var number: Double?
        var count: Int?
        var id: Int64?
        var list: [Int]?
        var small: UInt8?
    }

    @Test(arguments: [
        ("{}", Options()), ("{flag = json.null, text = json.null, list = json.null}", Options()),
        (
            "{flag = false, text = '', number = 1.5, count = 2, id = 3, list = {}, small = 4}",
            Options(flag: false, text: "", number: 1.5, count: 2, id: 3, list: [], small: 4)
        ),
        ("{number = 2, count = 2.0, list = {1}}", Options(number: 2, count: 2, list: [1])),
    ])
    private func optionalFieldsMayBeLeftOut(table: String, expected: Options) async throws {
        let seen = Mutex<Options?>(nil)
        let take = HostFunction.typed("take") { (options: Options) in seen.withLock { $0 = options } }
        _ = try await LuaRuntimeTests.run("take(\(table))", functions: ["take": take])
        #expect(seen.withLock { $0 } == expected)
    }

    @Test func decoderThatIsKeptFindsNothingAfterTheCall() async throws {
        _ = try await run("(...){a = 1}", .typed("take") { (_: Keeper) in })
        struct Key: CodingKey {
            let stringValue = "a"
            var intValue: Int? { nil }
            init() {}
            init?(stringValue: String) { nil }
            init?(intValue: Int) { nil }
        }
        let container = try #require(Keeper.kept).container(keyedBy: Key.self)
        #expect(throws: LuaConversionError.self) { try container.decode(Int.self, forKey: Key()) }
        Keeper.kept = nil
    }

    @Test func fieldsAreReadInPlace() async throws {
        let values = try await run(
            """
            local f = ...
            local wide = {}
            for i = 1, 2000 do wide["name" .. i] = i end
            return f({a = 3, b = 2.5, c = true, d = "é", e = {1, 2}, [1] = 9}, wide)
            """,
            .typed("take") { (first: LuaFields, second: LuaFields) throws -> String in
                var sum: Int64 = 0
                for index in 1...2000 { sum += try second.integer("name\(index)") }
                return try "\(first.integer("a")) \(first.number("a")) \(first.number("b")) \(first.boolean("c")) "
                    + "\(first.text("d")) \(first["e", as: [Int].self]) \(first["x", as: Int?.self] as Any) "
                    + "\(first["1", as: Int.self]) \(sum)"
            })
        #expect(values.first?.string == "3 3.0 2.5 true é [1, 2] nil 9 2001000")
    }

    /// More names than are kept, by literals, by short texts and by long ones that are made anew each time.
    @Test func namesMayBeMoreThanAreKept() async throws {
        let values = try await run(
            """
            local f = ...
            local wide = {a = 1, ["a name of more than fifteen"] = 2, ["7"] = 3}
            for i = 1, 600 do wide["n" .. i] = i wide["a long name, number " .. i] = -i end
            for _ = 1, 3 do f(wide) end
            return f(wide), f({n1 = 5})
            """,
            .typed("take") { (fields: LuaFields) throws -> Int64 in
                guard try fields["a", as: Int64?.self] != nil else { return try fields.integer("n1") }
                var sum: Int64 = 0
                for index in 1...600 {
                    sum += try fields.integer("n\(index)") * 2 + fields.integer("a long name, number \(index)")
                    sum += try fields.integer("a") + fields.integer("a name of more than fifteen") + fields.integer("7")
                }
                return sum
            })
        #expect(values.map(\.literal) == ["183900", "5"])
    }

    @Test func fieldOfAnotherTypeIsNamed() async throws {
        let values = try await run(
            "local f = ... local _, e = pcall(f, {a = {}}) return e.message",
            .typed("take") { (fields: LuaFields) in _ = try fields.integer("a") })
        #expect(values.first?.string == "a: number expected, got table")
    }

    @Test func functionThatIsReadTwiceIsCountedTwice() async throws {
        let values = try await run(
            """
            local twice, other = ...
            for _ = 1, 50 do twice(function() end, {}) collectgarbage() end
            return other(function() return 7 end)
            """,
            .direct("twice") { call in
                let (first, second) = (try call.arguments(), try call.arguments())
                try call.append(first.count + second.count == 4)
            },
            .direct("other") { call in
                try call.append(contentsOf: call.invoke(try call.arguments().function(1), []))
            })
        #expect(values.first?.integer == 7)
    }

    @Test func textsAndNumbersMixAsResults() async throws {
        let values = try await run(
            "local f = ... return f(2, 'x', true)",
            .typed("mix") { (number: Int, text: String, flag: Bool) in (number, text, flag, 1.5, text) })
        #expect(values.count == 5)
        #expect(values[0].integer == 2 && values[1].string == "x" && values[2].boolean == true)
        #expect(values[3].number == 1.5 && values[4].string == "x")
    }

    @Test func aTextMayBeFollowedByOthers() async throws {
        let values = try await run(
            "local f = ... return f('x', 'a longer one than fits into a word')",
            .typed("mix") { (first: String, second: String) in (second, 1, first, second, "") })
        #expect(
            values.map(\.string?.description) == [
                "a longer one than fits into a word", nil, "x", values[0].string?.description, "",
            ])
        #expect(values[1].integer == 1)
    }

    @Test func memoryThatEndsWhileATableIsCopiedStopsTheScript() async throws {
        let script = try LuaScript(limits: LuaLimits(memory: 3 << 20))
        let source = """
            local f = ...
            local t = {}
            for i = 1, 40000 do t[i] = i end
            f(t)
            """
        let chunk = try await script.load(Array(source.utf8), chunkName: "=test")
        let take = HostFunction.typed("take") { (table: LuaTable) in table.array.count }
        let error = await #expect(throws: LuaError.self) { try await script.call(chunk, [.hostFunction(take)]) }
        #expect(error?.kind == .stopped(.memory))
    }
}

extension LuaCall {
    fileprivate mutating func append(contentsOf values: [LuaValue]) throws {
        for value in values { try append(value) }
    }
}
