import C8Platform
import Fuzzing
import Testing

/// Statements that hold for all values and all texts, tried on many.
struct JSONPropertyTests {
    @Test func everyValueSurvivesTheRoundTrip() async throws {
        try await Fuzzing.loop(least: 4_000) { seed in
            var generator = SeededGenerator(seed: seed)
            let value = JSONValue.random(using: &generator)
            let bytes = try JSONSerializer.serialize(value)
            let back = try JSONParser.parse(bytes)
            #expect(back == value, "seed \(seed)")
            #expect(try JSONSerializer.serialize(back) == bytes, "also the sign of zero and the kind of number")
            #expect(try JSONParser.parse(JSONSerializer.serialize(value, pretty: true)) == value)
            #expect(try JSONBytes.parse(bytes).bytes == bytes)
            #expect(try JSONBytes(value).value() == value)
        }
    }

    /// Whatever the bytes are, the parser answers with a value or an error, and its two readers agree.
    @Test func noMutationOfATextBreaksTheParser() async throws {
        let interesting =
            Array("{}[]\",:\\/0123456789-+.eEtrufalsn \n\u{0}\u{1F}".utf8) + [
                0x7F, 0x80, 0xBF, 0xC2, 0xE0, 0xED, 0xF4, 0xFF,
            ]
        try await Fuzzing.loop(least: 6_000) { seed in
            var generator = SeededGenerator(seed: seed)
            var bytes = try JSONSerializer.serialize(JSONValue.random(using: &generator))
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0...bytes.count, using: &generator)
                let byte = interesting.randomElement(using: &generator) ?? 0
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes.insert(byte, at: place)
                case 1 where place < bytes.count: bytes[place] = byte
                case 2 where place < bytes.count: bytes.remove(at: place)
                default: bytes.removeLast(Int.random(in: 0...min(3, bytes.count), using: &generator))
                }
            }
            let read = failure { () throws(JSONError) in try JSONParser.parse(bytes) }
            let checked = failure { () throws(JSONError) in try JSONBytes.parse(bytes) }
            #expect(read == checked, "seed \(seed)")
            if read == nil {
                let value = try JSONParser.parse(bytes)
                #expect(try JSONParser.parse(JSONSerializer.serialize(value)) == value)
            }
            if let offset = read?.position?.offset {
                #expect((0...bytes.count).contains(offset))
            }
            _ = failure { () throws(EnvelopeError) in try Envelope.parse(bytes) }
        }
    }
}
