import Testing

@testable import C8RunCLI

@Suite struct TextTailTests {
    @Test(arguments: [
        (["abc"], "abc"), (["abcdefgh", "ij"], "cdefghij"), (["0123456789"], "23456789"), ([], ""),
        // Not from the middle of a character.
        (["x中文中"], "文中"), (["a\0b"], "a\u{FFFD}b"),
    ])
    func endOfTheTextIsKept(parts: [String], expected: String) {
        let tail = TextTail(limit: 8)
        for part in parts { tail.add(part) }
        #expect(tail.text == expected)
    }

    @Test func bytesThatAreNoTextStayWithinTheLimit() {
        let tail = TextTail(limit: 100)
        for _ in 0..<50 { tail.add([UInt8](repeating: 0xFF, count: 7)) }
        #expect(tail.text.utf8.count <= 100)
        #expect(tail.text.allSatisfy { $0 == "\u{FFFD}" })
    }
}
