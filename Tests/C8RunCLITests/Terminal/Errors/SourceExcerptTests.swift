import C8Run
import Testing

@testable import C8RunCLI

@Suite struct SourceExcerptTests {
    private func error(
        _ message: String, _ kind: ScriptError.Kind = .runtime, _ traceback: [String] = [], operation: String? = nil
    ) -> ScriptError {
        var error = ScriptError(kind: kind, message: message)
        error.traceback = traceback
        error.operation = operation
        return error
    }

    /// What is underlined on the line.
    private func marked(_ error: ScriptError, _ line: String) -> String? {
        guard let excerpt = SourceExcerpt(error, line: { _ in line }), let columns = excerpt.underline else {
            return nil
        }
        return String(Array(excerpt.text + " ")[columns])
    }

    @Test(
        arguments: [
            ("attempt to index a nil value (field 'lines')", "return x.lines[2].sku", "lines"),
            ("attempt to call a nil value (global 'prnt')", "  prnt(1)", "prnt"),
            ("attempt to call a nil value (method 'go')", "t:go(gone)", "go"),
            ("attempt to index a nil value (field 'x')", "return x.x", nil),
            ("attempt to index a nil value (field '?')", "return t[1].x", nil),
            ("the order 'x' is broken", "error(\"the order 'x' is broken\")", nil),
        ] as [(String, String, String?)])
    func namesOfLuaAreUnderlinedWhereTheyAreCertain(_ message: String, _ line: String, _ expected: String?) {
        let frames = ["a.lua:3: in main chunk"]
        #expect(marked(error("a.lua:3: " + message, .runtime, frames), line) == expected)
    }

    @Test func operationAndUnexpectedWordAreUnderlined() {
        let call = error(
            "a.lua:1: production.orders.create: no", .api, ["a.lua:1: in main chunk"],
            operation: "production.orders.create")
        #expect(marked(call, "\tc8.production.orders.create {}") == "production.orders.create")
        #expect(marked(error("a.lua:1: unexpected symbol near 'end'", .compile), "if x then = end") == "end")
        #expect(marked(error("a.lua:1: '}' expected near <eof>", .compile), "local t = {") == " ")
    }

    @Test func aPlaceThatTheScriptMadeUpLeadsNowhere() {
        let forged = error("/etc/passwd:1: root", .runtime, ["a.lua:7: in main chunk"])
        var asked: [ScriptPlace] = []
        let excerpt = SourceExcerpt(forged) { place in
            asked.append(place)
            return "error('/etc/passwd:1: root', 0)"
        }
        #expect(asked == [ScriptPlace(file: "a.lua", line: 7)])
        #expect(excerpt?.place.line == 7)
    }

    @Test func hostileLinesAreMadeSafe() {
        let excerpt = SourceExcerpt(
            place: ScriptPlace(file: "a.lua", line: 1), line: "x = '\u{1b}[2J' -- 数码 y", subject: "y")
        #expect(excerpt?.text == "x = '\\x1b[2J' -- 数码 y")
        #expect(excerpt?.underline == 22..<23)
    }

    @Test(
        arguments: [
            ("a.lua:12: in main chunk", ScriptPlace(file: "a.lua", line: 12)),
            ("(command line):1: no", ScriptPlace(file: "(command line)", line: 1)),
            ("C:x:y.lua:3: z", ScriptPlace(file: "C:x:y.lua", line: 3)), ("(...tail calls...)", nil), ("a:b: c", nil),
            ("a:0: c", nil), ("", nil),
        ] as [(String, ScriptPlace?)])
    func framesNameTheirPlace(_ frame: String, _ place: ScriptPlace?) {
        #expect(ScriptPlace(frame: frame) == place)
    }
}
