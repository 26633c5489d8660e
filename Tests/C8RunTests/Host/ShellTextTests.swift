import Testing

@testable import C8Run

@Suite struct ShellTextTests {
    @Test(arguments: [
        ("http://127.0.0.1:80", "http://127.0.0.1:80"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"),
        ("$(x)", "'$(x)'"),
    ])
    func wordIsSafeForAShell(_ text: String, _ expected: String) {
        #expect(ShellText.quoted(text) == expected)
    }
}
