import CLuaBoundary
import Testing

@testable import LuaRuntime

/// Short strings that are made of words, and looked at as words, are those that the standard library makes.
@Suite struct SmallTextTests {
    @Test func layoutIsAsTheBoundaryKnowsIt() {
        #expect(SmallText.isRight)
    }

    @Test(arguments: 0...40) func stringsOfAnyLengthAreWhatTheyWere(count: Int) throws {
        SmallText.use()
        for sample in [
            String(repeating: "a", count: count), String(repeating: "é", count: count / 2) + "z",
            String(String(repeating: "批a😀\u{0}", count: 4).prefix(count)),
        ] {
            var copy = String(decoding: Array(sample.utf8), as: UTF8.self)
            let read = copy.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { text in
                    text.baseAddress.flatMap { String(validating: $0, count: text.count) }
                }
            }
            let text = try #require(read)
            #expect(text == sample && Array(text.utf8) == Array(sample.utf8))
            #expect(text.hashValue == sample.hashValue && text + "!" == sample + "!")
            let words = SmallText.words(of: text)
            #expect((words != nil) == (sample.utf8.count <= 15))
            if let words { #expect(Int(words.last >> 56 & 0xF) == sample.utf8.count) }
        }
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x61, 0xE4, 0xB8], [0xF4, 0x90, 0x80, 0x80],
            [0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0x61, 0xFF], [UInt8](repeating: 0xBF, count: 15),
        ] as [[UInt8]])
    func whatIsNotUTF8IsNoString(bytes: [UInt8]) {
        SmallText.use()
        let text = bytes.withUnsafeBytes {
            $0.baseAddress.flatMap {
                String(validating: $0.assumingMemoryBound(to: CChar.self), count: bytes.count)
            }
        }
        #expect(text == nil)
    }
}
