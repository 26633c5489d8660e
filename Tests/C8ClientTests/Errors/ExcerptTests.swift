import Testing

@testable import C8Client

@Suite struct ExcerptTests {
    @Test func controlCharactersAreEscaped() {
        #expect(Excerpt.text("a\u{1B}[31m\nb\u{202E}c\u{0}") == "a\\u{1b}[31m\\u{a}b\\u{202e}c\\u{0}")
    }

    @Test func lengthIsBounded() {
        #expect(Excerpt.text(String(repeating: "码", count: 200)).count == 200)
        #expect(Excerpt.text(String(repeating: "码", count: 201)).hasSuffix("码…"))
        #expect(Excerpt.text([UInt8](repeating: 0xFF, count: 1 << 20)).count == 201)
    }

    @Test func wordsThatCouldBeATokenAreLeftOut() {
        let answer = #"{"code":200,"data":{"accessToken":"eyJ0eXAiOiJKV1Qi.LCJhbGci-OiJIUzI1_NiJ9"#
        #expect(Excerpt.masked(answer) == #"{"code":200,"data":{"accessToken":"…"#)
        #expect(Excerpt.masked("<html>502 Bad Gateway</html>") == "<html>502 Bad Gateway</html>")
    }
}
