import C8Run
import Synchronization
import Testing

/// The code of the article "Modules of your own", compiled and run.
@Suite struct ModuleSnippets {
    // snippet: counter
    final class Counter: LuaUserdata {
        private let count: Mutex<Int>

        init(_ start: Int) { count = Mutex(start) }

        var value: Int {
            get { count.withLock { $0 } }
            set { count.withLock { $0 = newValue } }
        }

        func increment(by amount: Int) -> Int {
            count.withLock {
                $0 += amount
                return $0
            }
        }
    }
    // end

    // snippet: error
    struct OutOfStock: LuaErrorConvertible {
        let sku: String
        var luaMessage: String { "\(sku) is out of stock" }
        var luaFields: [(String, LuaValue)] { [("kind", "out_of_stock"), ("sku", .string(sku))] }
    }
    // end

    @Test func readsFieldsInPlace() async throws {
        let lines = ScriptModule("lines") { module in
            // snippet: fields
            module.function("total") { (line: LuaFields) in
                try line.integer("quantity") * line.integer("price")
            }
            // end
        }
        let host = ScriptHost(configuration: ScriptHost.Configuration(modules: [lines]))
        let result = try await host.run("return require 'lines'.total{quantity = 6, price = 7}")
        #expect(try result.values(as: Int.self) == 42)
    }

    @Test func offersFunctions() async throws {
        // snippet: functions
        let greet = ScriptModule("greet") { module in
            module.constant("version", "1.0")
            module.function("hello") { (name: String, times: Int?) in
                String(repeating: "Hello, \(name)! ", count: times ?? 1)
            }
            module.function("divide") { (a: Int, b: Int) in (a / b, a % b) }
            module.function("sum") { (numbers: LuaVariadic<Double>) in numbers.values.reduce(0, +) }
            module.function("later") { (seconds: Double) in
                try await Task.sleep(for: .seconds(seconds))
            }
            module.table("words") { words in
                words.function("upper") { (text: String) in text.uppercased() }
            }
        }
        let host = ScriptHost(configuration: ScriptHost.Configuration(modules: [greet]))
        let result = try await host.run("local greet = require 'greet' greet.later(0) return greet.divide(7, 2)")
        // end
        #expect(try result.values(as: (Int, Int).self) == (3, 1))
    }

    @Test func describesTypes() async throws {
        // snippet: types
        let counters = ScriptModule("counters") { module in
            module.type(Counter.self) { type in
                type.constructor { (start: Int?) in Counter(start ?? 0) }
                type.property("value", get: { $0.value }, set: { $0.value = $1 })
                type.method("increment") { (counter, by: Int?) in counter.increment(by: by ?? 1) }
                type.metamethod(.tostring) { (counter: Counter) in "Counter(\(counter.value))" }
            }
        }
        let host = ScriptHost(configuration: ScriptHost.Configuration(modules: [counters]))
        let result = try await host.run(
            """
            local counter = require "counters".Counter(40)
            counter:increment(2)
            return counter, tostring(counter)
            """)
        let (counter, text) = try result.values(as: (Counter, String).self)
        // end
        #expect(counter.value == 42)
        #expect(text == "Counter(42)")
    }

    @Test func throwsErrors() async throws {
        // snippet: cause
        let shop = ScriptModule("shop") { module in
            module.function("sell") { (sku: String) in throw OutOfStock(sku: sku) }
        }
        let host = ScriptHost(configuration: ScriptHost.Configuration(modules: [shop]))
        do {
            try await host.run("require 'shop'.sell 'A-1'")
        } catch let error as ScriptError {
            print(error.message)  // (script):1: A-1 is out of stock
            print((error.cause as? OutOfStock)?.sku ?? "another error")
        }
        // end
        let error = await #expect(throws: ScriptError.self) { try await host.run("require 'shop'.sell 'A-1'") }
        #expect((error?.cause as? OutOfStock)?.sku == "A-1")
        #expect(error?.message.hasSuffix("A-1 is out of stock") == true)
    }

    @Test func keepsCallbacks() async throws {
        // snippet: callbacks
        let handlers = Mutex<[LuaFunction]>([])
        let events = ScriptModule("events") { module in
            module.function("on") { (handler: LuaFunction) in handlers.withLock { $0.append(handler) } }
        }
        let host = ScriptHost(configuration: ScriptHost.Configuration(modules: [events]))
        try await host.withSession { session in
            try await session.run("seen = {} require 'events'.on(function(event) seen[#seen + 1] = event end)")
            for handler in handlers.withLock({ $0 }) { try await handler.call("started") }
            print(try await session[global: "seen"])
        }
        // end
        await #expect(throws: LuaError.self) { try await handlers.withLock { $0 }.first?.call("late") }
    }
}
