import C8Platform
import Fuzzing
import LuaRuntime
import Testing

@testable import C8Run

/// The short way to a body's text and the long one.
@Suite struct BodyTextTests {
    @Test func textIsThatOfTheValue() async throws {
        var written = 0
        try await Fuzzing.loop(least: 2_000) { seed in
            var generator = SeededGenerator(seed: seed)
            let table = LuaValue.table(Self.table(&generator, level: 0))
            guard let text = BodyText.text(of: table) else { return }
            written += 1
            let value = try LuaJSON.value(of: table, name: "body")
            #expect(try text == JSONSerializer.serialize(value), "seed \(seed)")
        }
        #expect(written > 100)
    }

    @Test(arguments: [
        LuaValue.nil, .null, .string("x"), .table(LuaTable(array: [.integer(1)])),
        .table(LuaTable(fields: [("x", .number(.nan))])), .table(LuaTable(fields: [("x", .tooDeep)])),
        .table(LuaTable(fields: [], mark: .object)),
        .table(LuaTable(fields: [("x", .string(LuaString(bytes: [0xFF])))])),
        .table(LuaTable(array: [.nil], pairs: [LuaTable.Pair(key: .string("x"), value: .integer(1))])),
        .table(LuaTable(pairs: [LuaTable.Pair(key: .number(0.5), value: .integer(1))])),
    ]) func whatNeedsALookIsLeft(_ value: LuaValue) {
        #expect(BodyText.text(of: value) == nil)
    }

    private static func table(_ generator: inout SeededGenerator, level: Int) -> LuaTable {
        if level > 0, generator.number(below: 2) == 0 {
            return LuaTable(
                array: (0..<generator.number(below: 4)).map { _ in value(&generator, level: level) },
                mark: generator.pick([.none, .none, .none, .array]))
        }
        var fields: [String: LuaValue] = [:]
        for _ in 0..<generator.number(below: 6) {
            let name = generator.text(of: ["a", "b", "Z", "0", "_", "名", "\"", " "], most: generator.pick([1, 1, 3]))
            fields[name] = value(&generator, level: level)
        }
        return LuaTable(
            fields: fields.map { ($0.key, $0.value) }, mark: generator.pick([.none, .none, .none, .none, .object]))
    }

    private static func value(_ generator: inout SeededGenerator, level: Int) -> LuaValue {
        switch generator.number(below: level > 4 ? 6 : 8) {
        case 0: .null
        case 1: .boolean(generator.number(below: 2) == 0)
        case 2: .integer(generator.pick([0, -1, .min, .max, 1_575_418_076_977_623_040]))
        case 3: .number(generator.pick([0.5, -0.0, 1e300, 3]))
        case 4, 5: .string(LuaString(generator.text(of: ["a", "码", "\"", "\\", "\n", "\u{7F}", "/"], most: 4)))
        default: .table(table(&generator, level: level + 1))
        }
    }
}
