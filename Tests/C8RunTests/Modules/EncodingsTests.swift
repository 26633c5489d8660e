import Testing

@testable import C8Run

@Suite struct EncodingsTests {
    /// RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64IsAsSpecified(text: String, encoded: String) {
        #expect(Encodings.base64(Array(text.utf8), poll: {}) == Array(encoded.utf8))
        #expect(Encodings.bytes(base64: Array(encoded.utf8), poll: {}) == Array(text.utf8))
    }

    @Test(arguments: ["Z", "Zg=", "Zg===", "Zm9v=", "Zm 9v", "Zm9v\n", "=", "Zm-v"])
    func whatIsNoBase64IsRefused(text: String) {
        #expect(Encodings.bytes(base64: Array(text.utf8), poll: {}) == nil)
    }

    @Test func allBytesSurviveBothEncodings() {
        for count in 0...257 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            #expect(Encodings.bytes(base64: Encodings.base64(bytes, poll: {}), poll: {}) == bytes)
            #expect(Encodings.bytes(hex: Encodings.hex(bytes, poll: {}), poll: {}) == bytes)
        }
    }

    @Test func randomIdentifierHasVersionFour() {
        #expect(Encodings.uuid(random: Array(repeating: 0xFF, count: 16)) == "ffffffff-ffff-4fff-bfff-ffffffffffff")
        #expect(Encodings.uuid(random: Array(repeating: 0, count: 16)) == "00000000-0000-4000-8000-000000000000")
    }
}
