import LuaSyntax
import Testing

/// Several errors from one reading, without inventing any.
struct RecoveryTests {
    private func errors(_ text: String) -> [String] { LuaChunk.parse(Array(text.utf8)).errors.map(\.description) }

    @Test(arguments: [
        (
            "local = 1\nlocal b = 2\nx = = 3\nprint(b)",
            ["1: <name> expected near '='", "3: unexpected symbol near '='"]
        ),
        ("if x the\n  f()\nend\ng(", ["1: 'then' expected near 'the'", "4: unexpected symbol near <eof>"]),
        ("function f(a b)\n  return a\nend\nlocal 1", ["1: ')' expected near 'b'", "4: <name> expected near '1'"]),
        ("f(function()\n  x = = 1\nend)\ny = = 2", ["2: unexpected symbol near '='", "4: unexpected symbol near '='"]),
        ("for i in do\n f()\nend\nfor = 1", ["1: unexpected symbol near 'do'", "4: <name> expected near '='"]),
        ("x = 'a\ny = 'b\nz = 1", ["1: unfinished string near ''a'", "2: unfinished string near ''b'"]),
        ("if x then\n  y()\n", ["3: 'end' expected (to close 'if' at line 1) near <eof>"]),
        ("end\nend", ["1: <eof> expected near 'end'"]),
    ])
    func errorsAreFoundOneAfterTheOther(_ text: String, _ expected: [String]) {
        #expect(errors(text) == expected)
    }

    @Test func commentsAndDocumentationAreKept() {
        let chunk = LuaChunk.parse(
            Array("#!/usr/bin/env c8run\n-- What it does.\n-- More.\n\n-- other\nx() -- behind\n".utf8))
        #expect(chunk.documentation == " What it does.\n More.")
        #expect(chunk.comments.map(\.isAlone) == [true, true, true, false])
    }

    @Test func positionsAreOfLinesAndBytes() {
        let lines = LuaLines(Array("a\r\nbü\n\rc\r\rd".utf8))
        #expect(lines.lineCount == 5)
        #expect(lines.position(of: 3) == LuaPosition(line: 2, column: 1))
        #expect(lines.position(of: 6) == LuaPosition(line: 2, column: 4))
        #expect(lines.position(of: 8) == LuaPosition(line: 3, column: 1))
        #expect(lines.position(of: 99).line == 5)
    }

    @Test func tenThousandLinesTakeLittleTime() {
        var text = ""
        for number in 0..<2000 {
            text +=
                "local function f\(number % 150)_\(number)(a, b)\n  local t = {a = b, [1] = \"x\\n\", 0x10, 1.5e3}\n"
            text += "  if a == b and t.a ~= nil then return t.a.b:c(a .. b, function(...) return ... end) end\n"
            text += "  x\(number) = a\nend\n"
        }
        let wrapped = text.split(separator: "local function").map { "do local function\($0) end\n" }.joined()
        let start = ContinuousClock.now
        let chunk = LuaChunk.parse(Array(wrapped.utf8))
        let time = ContinuousClock.now - start
        #expect(chunk.errors.isEmpty)
        // Unoptimised builds are many times slower than the released one.
        #expect(time < .seconds(5), "\(time)")
    }
}
