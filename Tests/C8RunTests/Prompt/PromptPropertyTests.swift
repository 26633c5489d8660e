import Fuzzing
import Logging
import Testing

@testable import C8Run

/// Statements that hold for whatever is typed or shown.
@Suite struct PromptPropertyTests {
    private static let pieces = [
        "c8", ".", ":", "production", "orders", "create", "{", "}", "(", ")", "[", "]", ",", ";", "=", "==", "\"", "'",
        "[[",
        "]]", "--", "--[[", "\n", " ", "x", "local", "function", "end", "if", "then", "return", "<const>", "1", "0x",
        "\\",
        "中", "require", "call", "::", "...", "goto",
    ]

    @Test func anyTextIsUnderstoodSomehow() async {
        await Fuzzing.loop(least: 3000) { seed in
            var generator = SeededGenerator(seed: seed)
            let text = generator.text(of: Self.pieces, most: 30)
            #expect(text.hasSuffix(PromptContext(before: text).partial), "seed \(seed): \(text)")
            _ = PromptSession.isIncomplete(text)
            _ = PromptLine(text, known: ["x": false, "c8": true])
        }
    }

    /// A random value as the decoder could have made it, without what is cut.
    private static func value(_ generator: inout SeededGenerator, depth: Int = 0) -> LuaValue {
        switch generator.number(below: depth < 3 ? 8 : 6) {
        case 0: return .boolean(generator.number(below: 2) == 0)
        case 1: return .integer(Int64(bitPattern: generator.next()))
        case 2: return .integer(Int64(generator.number(below: 100)))
        case 3: return .number(Double(generator.number(below: 1000)) / 8)
        case 4, 5:
            let bytes = (0..<generator.number(below: 12)).map { _ in
                generator.pick([0, 9, 10, 13, 27, 34, 48, 57, 92, 97, 127, 0x80, 0xE4, 0xB8, 0xAD, 0xFF] as [UInt8])
            }
            return .string(LuaString(bytes: bytes))
        default:
            let items = (0..<generator.number(below: 5)).map { _ in value(&generator, depth: depth + 1) }
            let names = ["a", "b c", "end", "中", "x1", "\n"].shuffled(using: &generator)
            let pairs = names.prefix(generator.number(below: 4)).map { name in
                LuaTable.Pair(key: .string(name), value: value(&generator, depth: depth + 1))
            }
            return .table(LuaTable(array: items, pairs: pairs))
        }
    }

    @Test func whatIsShownCanBeTypedIn() async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let host = ScriptHost(configuration: ScriptHost.Configuration(standardOutput: { _ in }, logger: logger))
        let session = try await PromptSession(host, folder: nil)
        try await Fuzzing.loop(least: 300) { seed in
            var generator = SeededGenerator(seed: seed)
            let value = DisplayValue(Self.value(&generator))
            let text = ValuePrinter(width: generator.pick([20, 40, 100])).text(of: [value])
            let again = try await session.evaluate(text)
            #expect(again == [value], "seed \(seed): \(text)")
        }
        await session.close()
    }
}
