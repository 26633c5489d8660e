import C8HTTP
import Fuzzing
import Testing

/// Whatever became of a cassette's file, reading it ends with a cassette or with an error that names the file.
@Suite struct CassetteFuzzTests {
    private static let pieces = [
        "{", "}", "[", "]", "\"", ",", ":", "null", "1e9", "-", "\\", "\\u12", "\n", "\"body\"", "\"request\"",
        "‹secret:",
        "\u{0}", "\"json\": ", "\"error\": {}", "9223372036854775808",
    ]

    @Test func damagedCassettesAreToldOrRead() async {
        let whole = CassetteTests.cassette.text
        await Fuzzing.loop { seed in
            var generator = SeededGenerator(seed: seed)
            var bytes = whole
            for _ in 0...generator.number(below: 6) where !bytes.isEmpty {
                let place = generator.number(below: bytes.count)
                switch generator.number(below: 4) {
                case 0: bytes.removeSubrange(place..<min(bytes.count, place + 1 + generator.number(below: 60)))
                case 1: bytes.insert(contentsOf: Array(generator.pick(Self.pieces).utf8), at: place)
                case 2: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                default: bytes.removeLast(generator.number(below: bytes.count))
                }
            }
            do throws(CassetteError) {
                let cassette = try Cassette.parse(bytes, file: "t.json")
                let again = try Cassette.parse(cassette.text, file: "again")
                #expect(again == cassette, "seed \(seed)")
            } catch {
                #expect(error.file == "t.json" && (error.line ?? 0) >= 1, "seed \(seed): \(error)")
            }
        }
    }
}
