import C8Platform
import Fuzzing
import OrderedCollections

extension JSONValue {
    /// A random value that JSON can hold, with the troublesome cases more often than chance would have them.
    static func random(using generator: inout SeededGenerator, depth: Int = 5) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 7), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .integer(.random(in: .min ... .max, using: &generator))
        case 3: return .integer([.min, .max, 0, -1, 1_575_418_076_977_623_040].randomElement(using: &generator) ?? 0)
        case 4: return .number(randomNumber(using: &generator))
        case 5, 6: return .string(randomString(using: &generator))
        case 7:
            let count = Int.random(in: 0...5, using: &generator)
            return .array((0..<count).map { _ in random(using: &generator, depth: depth - 1) })
        default:
            var members: OrderedDictionary<String, JSONValue> = [:]
            for _ in 0..<Int.random(in: 0...5, using: &generator) {
                members[randomString(using: &generator)] = random(using: &generator, depth: depth - 1)
            }
            return .object(members)
        }
    }

    private static func randomNumber(using generator: inout SeededGenerator) -> Double {
        let special = [
            0.0, -0.0, 1.0, 1e3, 0.1, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e15, 1e16, 1e300, -2.5e-10,
        ]
        let any = Double(bitPattern: generator.next())
        return Bool.random(using: &generator) && any.isFinite ? any : special.randomElement(using: &generator) ?? 0
    }

    private static func randomString(using generator: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "Z", "0", " ", "\"", "\\", "/", "\u{0}", "\u{8}", "\n", "\t", "\u{1F}", "\u{7F}", "é", "数", "码",
            "\u{2028}",
            "\u{FFFD}", "\u{FFFF}", "😀", "\u{10FFFF}",
        ]
        let count = Int.random(in: 0...12, using: &generator)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: (0..<count).compactMap { _ in scalars.randomElement(using: &generator) })
        return String(text)
    }
}
