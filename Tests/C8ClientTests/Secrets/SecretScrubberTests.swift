import Foundation
import Testing

@testable import C8Client

@Suite struct SecretScrubberTests {
    private static let canary = "CANARY/ä \"7+\\31"

    private static func scrub(_ text: String, _ secrets: [String: String] = ["erp": canary]) -> String {
        let scrubber = SecretScrubber()
        for (name, secret) in secrets { scrubber.note(Secret(secret), as: name) }
        return scrubber.scrubbed(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    private static let spellings: [String] = [
        canary, "CANARY%2F%C3%A4%20%227%2B%5C31", "CANARY%2f%c3%a4+%227%2b%5c31", "CANARY/%C3%A4%20%227%2B%5C31",
        #"CANARY/ä \"7+\\31"#, #"CANARY\/\u00e4 \"7+\\31"#, #"\u0043ANARY\/ä\u0020\"7+\\31"#,
        Data(canary.utf8).map { String(format: "%02x", $0) }.joined(),
        Data(canary.utf8).map { String(format: "%02X", $0) }.joined(),
    ]

    @Test(arguments: spellings)
    func secretIsFoundHoweverItIsSpelled(spelling: String) {
        #expect(Self.scrub("a\(spelling)b \(spelling)") == "a‹secret:erp›b ‹secret:erp›")
    }

    /// Wherever it stands in what is encoded, in both alphabets; the characters around it may be others.
    @Test(arguments: ["", "u", "me", "you", "user:"], ["", "x", "yz"])
    func secretIsFoundInBase64(before: String, after: String) {
        let text = Data((before + Self.canary + after).utf8).base64EncodedString()
        for text in [text, text.replacing("+", with: "-").replacing("/", with: "_")] {
            let clean = Self.scrub(text)
            #expect(clean.contains("‹secret:erp›"), "\(text)")
            // What is left of it holds at most the bits that it shares with its neighbours.
            #expect(clean.count <= before.count * 2 + after.count * 2 + "‹secret:erp›".count + 8, "\(clean)")
        }
    }

    @Test func beginningsAreFoundToo() {
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJpYXQiOjF9.abcdefgh"
        let cut = "…\(token.prefix(20))…"
        #expect(Self.scrub(cut, ["t": token]) == "…‹secret:t›…")
    }

    @Test func whatIsTooShortToTellIsLeft() {
        let scrubber = SecretScrubber()
        scrubber.note(Secret("short"), as: "a")
        scrubber.learn("seven77", as: "b")
        scrubber.note(Secret("sixsix"), as: "c")
        let text = "short seven77 sixsix"
        #expect(scrubber.scrubbed(Array(text.utf8)) == Array("short seven77 ‹secret:c›".utf8))
    }

    @Test func longerOfTwoSecretsIsMeant() {
        #expect(
            Self.scrub("x ABCDEFGH-1234 ABCDEFGH y", ["a": "ABCDEFGH", "b": "ABCDEFGH-1234"])
                == "x ‹secret:b› ‹secret:a› y")
    }

    @Test func textWithoutSecretsIsLeftAlone() {
        let scrubber = SecretScrubber()
        scrubber.note(Secret(Self.canary), as: "erp")
        for text in ["", "C", "CANAR", "%", "%4", "\\", "\\u12", "a+b%2Fc\\n", String(repeating: "CANARY", count: 100)]
        {
            #expect(scrubber.scrubbed(Array(text.utf8)) == nil, "\(text)")
        }
    }
}
