import Testing

@testable import C8RunCLI

@Suite struct TerminalTextTests {
    @Test(arguments: [
        ("订单已完成 ✓ naïve", "订单已完成 ✓ naïve"), ("a\nb", "a\\nb"), ("\u{1b}[31mred", "\\x1b[31mred"), ("\0", "\\x00"),
        ("\u{7f}", "\\x7f"), ("\u{9b}31m", "\\u{9b}31m"), ("a\u{202e}b", "a\\u{202e}b"), ("\r\n", "\\r\\n"),
        ("\t", "\\t"),
        ("\u{2028}", "\\u{2028}"), ("\u{2066}", "\\u{2066}"), ("👩‍👩‍👧", "👩‍👩‍👧"),
    ])
    func lineHoldsNothingThatSteersATerminal(_ text: String, _ expected: String) {
        #expect(TerminalText.line(text) == expected)
    }

    @Test func blockKeepsItsLines() {
        #expect(TerminalText.block("a\n\tb\u{7}\r") == "a\n\tb\\x07\\r")
    }
}
