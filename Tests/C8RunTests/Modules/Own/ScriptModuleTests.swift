import C8Run
import Logging
import Synchronization
import Testing

@Suite struct ScriptModuleTests {
    private actor Ledger: LuaUserdata {
        private var total = 0
        func add(_ amount: Int) async -> Int {
            await Task.yield()
            total += amount
            return total
        }
    }

    private final class Counter: LuaUserdata {
        private let count: Mutex<Int>

        init(_ start: Int) { count = Mutex(start) }

        var value: Int {
            get { count.withLock { $0 } }
            set { count.withLock { $0 = newValue } }
        }

        func increment(by amount: Int) -> Int {
            count.withLock { count in
                count += amount
                return count
            }
        }
    }

    private struct OutOfStock: LuaErrorConvertible {
        let sku: String
        var luaMessage: String { "\(sku) is out of stock" }
        var luaFields: [(String, LuaValue)] { [("kind", "out_of_stock"), ("sku", .string(sku))] }
    }

    private struct Plain: Error, Equatable {
        let number: Int
    }

    private static let greet = ScriptModule("greet") { module in
        module.constant("version", "1.0")
        module.constant("limits", ["most": 3, "names": ["a", "b"]])
        module.function("hello") { (name: String) in "Hello, \(name)" }
        module.function("nothing") {}
        module.function("swap") { (a: LuaValue, b: LuaValue) in (b, a) }
        module.function("sum") { (numbers: LuaVariadic<Double>) in numbers.values.reduce(0, +) }
        module.function("count") { (first: Int8, rest: LuaVariadic<LuaValue>) in (Int(first), rest.values.count) }
        module.function("spread") { (list: [Int]) in LuaVariadic(list) }
        module.function("maybe") { (value: Int?) -> String? in value.map { "\($0)" } }
        module.function("later") { (value: Int) in
            await Task.detached { await Task.yield() }.value
            return value + 1
        }
        module.function("apply") { (function: LuaFunction, values: [Int]) in
            var results: [Int] = []
            for value in values { results.append(try await function.call(as: Int.self, value)) }
            return results
        }
        module.function("sell") { (sku: String) in throw OutOfStock(sku: sku) }
        module.function("fail") { (number: Int) in throw Plain(number: number) }
        module.function("eight") { (a: Int, b: Int, c: Int, d: Int, e: Int, f: Int, g: Int, h: Int) in
            a + b + c + d + e + f + g + h
        }
        module.rawFunction("raw") { arguments in [.integer(Int64(arguments.count)), arguments[2]] }
        module.rawFunction("rawLater") { arguments in
            await Task.yield()
            return arguments.values
        }
        module.table("words") { words in
            words.function("upper") { (text: String) in text.uppercased() }
            words.table("deep") { deep in deep.constant("level", 3) }
        }
        module.type(Counter.self) { type in
            type.constructor { (start: Int?) in Counter(start ?? 0) }
            type.property("value", get: { $0.value }, set: { $0.value = $1 })
            type.property("isEven", get: { $0.value % 2 == 0 })
            type.method("increment") { (counter, by: Int?) in counter.increment(by: by ?? 1) }
            type.method("itself") { counter in counter }
            type.method("slowly") { (counter, by: Int) in
                await Task.yield()
                return counter.increment(by: by)
            }
            type.metamethod(.tostring) { (counter: Counter) in "Counter(\(counter.value))" }
            type.metamethod(.length) { (counter: Counter) in counter.value }
            type.metamethod(.add) { (a: LuaValue, b: LuaValue) in
                let (left, right) = (a.object(as: Counter.self)?.value, b.object(as: Counter.self)?.value)
                return Counter((left ?? Int(a.integer ?? 0)) + (right ?? Int(b.integer ?? 0)))
            }
            type.metamethod(.equal) { (a: Counter, b: Counter) in a.value == b.value }
            type.metamethod(.call) { (counter: Counter, by: Int) in counter.increment(by: by) }
            type.metamethod(.close) { (counter: Counter) in counter.value = -1 }
        }
        module.type(Ledger.self) { type in
            type.constructor { Ledger() }
            type.method("add") { (ledger, amount: Int) in await ledger.add(amount) }
        }
    }

    private func host(_ modules: [ScriptModule] = [greet]) -> ScriptHost {
        var configuration = ScriptHost.Configuration(standardOutput: { _ in }, logger: Logger(label: "test"))
        configuration.modules = modules
        return ScriptHost(configuration: configuration)
    }

    private func run(_ source: String, modules: [ScriptModule] = [greet]) async throws -> [LuaValue] {
        let source = "local greet = require 'greet' " + source
        return try await host(modules).run(Script(source: Array(source.utf8), name: "a.lua")).values
    }

    @Test(arguments: [
        ("return greet.hello 'world'", "Hello, world"), ("return greet.version", "1.0"),
        ("return greet.limits.names[2] .. greet.limits.most", "b3"),
        ("return select('#', greet.nothing())", "0"),
        ("local a, b = greet.swap(1, 'x') return a .. b", "x1"),
        ("return greet.sum() + greet.sum(1, 2.5)", "3.5"),
        ("return table.concat({greet.count(1, nil, 'x', nil)}, ' ')", "1 3"),
        ("return select('#', greet.spread {1, 2, 3})", "3"),
        ("return tostring(greet.maybe()) .. greet.maybe(4)", "nil4"),
        ("return greet.later(1)", "2"),
        ("return table.concat(greet.apply(function(x) return greet.later(x) * 2 end, {1, 2}), ' ')", "4 6"),
        ("return greet.eight(1, 2, 3, 4, 5, 6, 7, 8)", "36"),
        ("local n, second = greet.raw(nil, 'b', nil) return n .. second", "3b"),
        ("return greet.rawLater('x')", "x"), ("return greet.words.upper 'a' .. greet.words.deep.level", "A3"),
        ("return coroutine.wrap(function() return greet.later(7) end)()", "8"),
        ("local t = {2, 1} table.sort(t, function(a, b) return greet.later(a) < greet.later(b) end) return t[1]", "1"),
    ])
    func functionsTakeAndGiveSwiftTypes(source: String, result: String) async throws {
        #expect(try await run("return tostring((function() \(source) end)())").first?.string == result)
    }

    @Test(arguments: [
        ("greet.hello()", "bad argument #1 to 'hello' (string expected, got no value)"),
        ("greet.hello(nil)", "bad argument #1 to 'hello' (string expected, got nil)"),
        ("greet.hello('\\xff')", "bad argument #1 to 'hello' (valid UTF-8 expected)"),
        ("greet.sum(1, 2, 'x')", "bad argument #3 to 'sum' (number expected, got string)"),
        (
            "greet.count(300)",
            "bad argument #1 to 'count' (number out of range: -128 to 127 expected, got 300)"
        ),
        ("greet.count(1.5)", "bad argument #1 to 'count' (number has no integer representation)"),
        ("greet.spread {1, 2, 'x'}", "bad argument #1 to 'spread' ([3]: number expected, got string)"),
        ("greet.spread {n = 1}", "bad argument #1 to 'spread' (a sequence expected, got a table with the key \"n\")"),
        ("greet.Counter():increment('x')", "bad argument #1 to 'increment' (number expected, got string)"),
        ("greet.Counter().increment({})", "calling 'increment' on bad self (Counter expected, got table)"),
        ("greet.Counter().increment()", "calling 'increment' on bad self (Counter expected, got no value)"),
        ("greet.Counter().incremnt()", "a Counter has no field 'incremnt' (did you mean increment?)"),
        ("greet.Counter().valeu = 1", "a Counter has no field 'valeu' (did you mean value?)"),
        ("greet.Counter().isEven = 1", "the field 'isEven' of a Counter cannot be set"),
        ("greet.Counter().value = 'x'", "value: number expected, got string"),
        ("greet.Counter()[1] = 2", "a Counter has no field 1"),
    ])
    func errorNamesArgumentAndType(source: String, message: String) async throws {
        let values = try await run("local ok, e = pcall(function() \(source) end) return e.message, e.kind")
        #expect(values.first?.string == message)
        #expect(values.last?.string == "invalid")
    }

    @Test(arguments: [
        ("local c = greet.Counter(3) c:increment() c.value = c.value * 2 return c.value", "8"),
        ("local c = greet.Counter(3) return tostring(c) .. #c .. tostring(c.isEven)", "Counter(3)3false"),
        ("return (greet.Counter(3) + 4).value + (4 + greet.Counter(1)).value", "12"),
        ("local c = greet.Counter() return tostring(c == c:itself()) .. tostring(rawequal(c, c:itself()))", "truetrue"),
        (
            "return tostring(greet.Counter(2) == greet.Counter(2)) .. tostring(greet.Counter(2) == greet.Counter(3))",
            "truefalse"
        ),
        ("local c = greet.Counter() local t = {[c] = 'found'} return t[c:itself()]", "found"),
        ("local c = greet.Counter(1) c(5) return c:slowly(2)", "8"),
        ("local seen do local c <close> = greet.Counter(1) seen = c end return seen.value", "-1"),
        ("local l = greet.Ledger() l:add(2) return l:add(3)", "5"),
        (
            "for _ = 1, 200 do local c = greet.Counter(1) assert(rawequal(c, c:itself())) collectgarbage('step') end return 1",
            "1"
        ),
    ])
    func objectsAreOneValueInLua(source: String, result: String) async throws {
        #expect(try await run("return tostring((function() \(source) end)())").first?.string == result)
    }

    @Test func objectsKeepTheirIdentityThroughASession() async throws {
        try await host().withSession { session in
            let counter = Counter(1)
            // The type is known before the module is required.
            try await session.set(global: "counter", to: counter)
            try await session.run("kept = counter counter:increment(4)")
            let same = try await session.evaluate("return counter, rawequal(kept, counter)")
            #expect(same[0].object(as: Counter.self) === counter)
            #expect(counter.value == 5)
            try await session.run("function give(c) return c, rawequal(c, kept) end")
            let (back, isSame) = try await session.call("give", as: (Counter, Bool).self, counter)
            #expect(back === counter)
            #expect(isSame)
        }
    }

    @Test func undescribedTypeIsAClearError() async throws {
        try await host([]).withSession { session in
            try await session.run("x = 1")
            let error = await #expect(throws: ScriptError.self) {
                try await session.set(global: "counter", to: Counter(1))
            }
            #expect(error?.message.contains("no module of the script describes this type") == true)
        }
    }

    @Test func swiftErrorHasItsFieldsInLuaAndComesBackAsItself() async throws {
        let values = try await run(
            "local ok, e = pcall(greet.sell, 'A-1') return e.kind, e.sku, e.message, tostring(e)")
        #expect(values.map(\.string) == ["out_of_stock", "A-1", "A-1 is out of stock", "a.lua:1: A-1 is out of stock"])
        for source in ["greet.fail(7)", "pcall(greet.fail, 1) coroutine.wrap(function() greet.fail(7) end)()"] {
            let error = await #expect(throws: ScriptError.self) { _ = try await run(source) }
            #expect(error?.cause as? Plain == Plain(number: 7))
            #expect(error?.traceback.isEmpty == false)
        }
    }

    @Test(arguments: [
        ("c8", "is the host's"), ("c8.json", "is the host's"), ("string", "is Lua's"), ("", "needs a name"),
        ("greet", "two modules of the name 'greet'"),
    ])
    func takenNameIsRefused(name: String, message: String) async throws {
        let error = await #expect(throws: ScriptError.self) {
            _ = try await run("", modules: [Self.greet, ScriptModule(name) { _ in }])
        }
        #expect(error?.kind == .config)
        #expect(error?.message.contains(message) == true)
    }

    @Test func moduleMayBeWrittenInLua() async throws {
        let polite = ScriptModule(
            "polite",
            source: "local greet = require 'greet' return {bow = function(n) return greet.hello(n) .. '!' end}")
        let values = try await run("return require 'polite'.bow 'you'", modules: [Self.greet, polite])
        #expect(values.first?.string == "Hello, you!")
        let missing = await #expect(throws: ScriptError.self) { _ = try await run("require 'gret'") }
        #expect(missing?.message.contains("greet") == true)
    }

    @Test func eachScriptHasItsOwnTable() async throws {
        let host = host()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...200 {
                group.addTask {
                    let source = """
                        local greet = require 'greet'
                        assert(x == nil and greet.mine == nil)
                        x, greet.mine = \(number), \(number)
                        greet.later(1)
                        return x + greet.mine
                        """
                    let result = try await host.run(Script(source: Array(source.utf8), name: "a.lua"))
                    #expect(result.values.first?.integer == Int64(2 * number))
                }
            }
            try await group.waitForAll()
        }
    }
}
