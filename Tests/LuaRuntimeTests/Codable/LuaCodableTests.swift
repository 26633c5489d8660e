import Fuzzing
import LuaRuntime
import Testing

@Suite struct LuaCodableTests {
    struct Line: LuaCodable, Equatable {
        var sku: String
        var quantity: Int
    }

    struct Order: LuaCodable, Equatable {
        enum State: String, Codable { case open, sent }
        enum Payment: Codable, Equatable {
            case cash
            case card(number: String)
        }

        var id: Int64
        var lines: [Line]
        var note: String?
        var weight: Double?
        var state: State
        var payment = Payment.cash
        var labels: [String: [Int]] = [:]
        var seal: [UInt8] = []
        var places: [Int: String] = [:]
        var gaps: [Int?] = []
        var isUrgent = false
    }

    static let order = Order(
        id: .max, lines: [Line(sku: "A-1", quantity: 3), Line(sku: "ü", quantity: -1)], note: nil, weight: 0.1,
        state: .sent, payment: .card(number: "4"), labels: ["a": [1, 2], "none": []], seal: [0, 255],
        places: [7: "seven"], gaps: [1, nil, 3], isUrgent: true)

    /// There and back through Lua itself.
    private func returned<Value: LuaConvertible>(_ value: Value, by source: String = "return ...") async throws -> Value
    {
        try Value.fromLua(try await run(source, arguments: [try value.luaValue()]).first ?? .nil)
    }

    @Test func valueIsTheSameAfterAWayThroughLua() async throws {
        #expect(try await returned(Self.order) == Self.order)
        #expect(try await returned([Self.order, Self.order]) == [Self.order, Self.order])
        #expect(try await returned(["x": Self.order]) == ["x": Self.order])
    }

    @Test func scriptSeesFieldsByTheirNames() async throws {
        let source = """
            local order = ...
            assert(order.id == math.maxinteger and math.type(order.id) == 'integer')
            assert(order.lines[2].sku == 'ü' and order.note == nil and order.state == 'sent')
            assert(order.seal == '\\0\\255' and order.payment.card.number == '4' and order.gaps[2] == json.null)
            order.lines[1].quantity = 5
            order.note = json.null
            order.weight = 2
            return order
            """
        var expected = Self.order
        expected.lines[0].quantity = 5
        expected.weight = 2
        #expect(try await returned(Self.order, by: source) == expected)
    }

    @Test func emptySequencesAndObjectsKeepTheirKindInJSON() async throws {
        struct Empty: LuaCodable {
            struct Nothing: Codable {}
            var items: [Int] = []
            var nothing = Nothing()
            var names: [String: Int] = [:]
        }
        let text = try await run("return json.encode(..., {sort_keys = true})", arguments: [try Empty().luaValue()])
        #expect(text.first?.string == #"{"items":[],"names":{},"nothing":{}}"#)
    }

    @Test(arguments: [
        ("order.lines[2].quantity = 'x'", "lines[2].quantity: number expected, got string"),
        ("order.lines[1] = 5", "lines[1]: table expected, got number"),
        ("order.lines = {n = 1}", "lines: a sequence expected, got a table with the key \"n\""),
        ("order.id = nil", "id: number expected, got nil"),
        ("order.id = 2^63", "id: number has no integer representation"),
        ("order.labels.a[2] = {}", "labels.a[2]: number expected, got table"),
        ("order.state = 'lost'", "state: Cannot initialize State from invalid String value lost"),
        ("order.isUrgent = 1", "isUrgent: boolean expected, got number"),
    ])
    func errorNamesThePlace(change: String, message: String) async throws {
        let value = try await run(
            "local order = ... \(change) return order", arguments: [try Self.order.luaValue()])
        let error = #expect(throws: LuaConversionError.self) { try Order.fromLua(value.first ?? .nil) }
        #expect(error?.description == message)
    }

    @Test func valueThatDoesNotFitIsAnErrorWithItsPlace() throws {
        struct Large: LuaCodable {
            var numbers: [UInt64]
        }
        let error = #expect(throws: LuaConversionError.self) { try Large(numbers: [1, .max]).luaValue() }
        #expect(error?.description == "numbers[2]: 18446744073709551615 does not fit into an integer of Lua")
    }

    class Animal: Codable {
        var name: String
        init(name: String) { self.name = name }
    }

    final class Dog: Animal {
        var age = 0

        private enum Keys: String, CodingKey { case age }

        init(name: String, age: Int) {
            self.age = age
            super.init(name: name)
        }

        required init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            age = try container.decode(Int.self, forKey: .age)
            try super.init(from: try container.superDecoder())
        }

        override func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Keys.self)
            try container.encode(age, forKey: .age)
            try super.encode(to: container.superEncoder())
        }
    }

    struct Kennel: LuaCodable {
        var dog: Dog
    }

    @Test func superclassHasATableOfItsOwn() async throws {
        let kennel = Kennel(dog: Dog(name: "Rex", age: 4))
        let back = try await returned(kennel, by: "local k = ... assert(k.dog.super.name == 'Rex') return k")
        #expect(back.dog.name == "Rex")
        #expect(back.dog.age == 4)
    }

    struct Tree: LuaCodable, Equatable {
        var value: Int64
        var text: String?
        var children: [Tree]

        static func random(using generator: inout SeededGenerator, depth: Int) -> Tree {
            var children: [Tree] = []
            for _ in 0..<(depth == 0 ? 0 : generator.number(below: 4)) {
                children.append(random(using: &generator, depth: depth - 1))
            }
            let text = generator.number(below: 2) == 0 ? nil : generator.text(of: ["a", "ü", "\0", "𝄞", "\n"], most: 6)
            return Tree(value: Int64(bitPattern: generator.next()), text: text, children: children)
        }
    }

    @Test func randomTreesComeBackEqual() async throws {
        await Fuzzing.loop { seed in
            var generator = SeededGenerator(seed: seed)
            let tree = Tree.random(using: &generator, depth: 4)
            #expect((try? Tree.fromLua(tree.luaValue())) == tree, "seed \(seed)")
        }
    }

    /// Whatever a script gives, the answer is a value or an error.
    @Test func anyValueIsDecodedOrRefused() async throws {
        await Fuzzing.loop { seed in
            var generator = SeededGenerator(seed: seed)
            let value = Self.randomValue(using: &generator, depth: 5)
            _ = try? Order.fromLua(value)
            _ = try? Tree.fromLua(value)
            _ = try? [Int8?].fromLua(value)
            _ = try? [String: [Double]].fromLua(value)
        }
    }

    private static func randomValue(using generator: inout SeededGenerator, depth: Int) -> LuaValue {
        switch generator.number(below: depth == 0 ? 7 : 10) {
        case 0: return .nil
        case 1: return .null
        case 2: return .boolean(true)
        case 3: return .integer(Int64(bitPattern: generator.next()))
        case 4: return .number(generator.pick([0.5, 1e300, -.infinity, .nan, 3]))
        case 5: return .string(LuaString(bytes: [UInt8(truncatingIfNeeded: generator.next())]))
        case 6: return .cycle
        default:
            let names = ["id", "lines", "sku", "quantity", "value", "children", "state", "payment", "card", "number"]
            var pairs: [LuaTable.Pair] = []
            for _ in 0..<generator.number(below: 5) {
                pairs.append(
                    LuaTable.Pair(
                        key: .string(generator.pick(names)), value: randomValue(using: &generator, depth: depth - 1)))
            }
            var array: [LuaValue] = []
            for _ in 0..<generator.number(below: 4) { array.append(randomValue(using: &generator, depth: depth - 1)) }
            return .table(LuaTable(array: array, pairs: generator.number(below: 2) == 0 ? [] : pairs))
        }
    }
}
