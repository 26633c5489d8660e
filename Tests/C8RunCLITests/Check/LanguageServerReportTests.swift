import C8Check
import LuaSyntax
import Testing

@testable import C8RunCLI

/// What lua-language-server writes to check.json.
struct LanguageServerReportTests {
    private static func report(_ diagnostic: String, at address: String = "file:///w/a%20%E4%B8%AD.lua") -> String {
        "{\"\(address)\":[\(diagnostic)]}"
    }

    private static func diagnostic(_ code: String, _ range: (Int, Int, Int, Int), severity: Int = 2) -> String {
        """
        {"code":"\(code)","message":"m","severity":\(severity),"source":"Lua Diagnostics.","range":{"start":{"line":\(range.0),\
        "character":\(range.1)},"end":{"line":\(range.2),"character":\(range.3)}}}
        """
    }

    private func findings(_ json: String, _ source: String, path: String = "/w/a 中.lua") throws -> [CompanionFinding] {
        try #require(LanguageServerReport(Array(json.utf8))).findings(of: path, in: Array(source.utf8))
    }

    @Test func placesAreOfUTF16AndLinesFromNought() throws {
        let found = try findings(
            Self.report(Self.diagnostic("need-check-nil", (1, 6, 1, 8))), "local a\n\u{1F600}中 = ab\n")
        // The smiling face is two units of UTF-16 and four bytes, 中 is one unit and three bytes.
        #expect(
            found == [
                CompanionFinding(
                    rule: .languageServer, severity: .warning, message: "m (need-check-nil)", range: LuaRange(18, 20),
                    same: [.syntax])
            ])
    }

    @Test func othersFilesAndGlobalsAreLeftOut() throws {
        let json = Self.report(Self.diagnostic("undefined-global", (0, 0, 0, 1)))
        #expect(try findings(json, "x()\n").isEmpty)
        let other = Self.report(Self.diagnostic("need-check-nil", (0, 0, 0, 1)), at: "file:///w/b.lua")
        #expect(try findings(other, "x()\n").isEmpty)
    }

    @Test(arguments: [(99, 0), (-1, 0), (0, -1)])
    func placesThatAreNotThereAreNoFindings(_ line: Int, _ character: Int) throws {
        let json = Self.report(Self.diagnostic("x", (line, character, line, character)))
        #expect(try findings(json, "a\n").isEmpty)
    }

    @Test func columnsBeyondTheLineAreItsEnd() throws {
        let json = Self.report(Self.diagnostic("x", (0, 50, 0, 90), severity: 1))
        #expect(try findings(json, "ab\ncd").map(\.range) == [LuaRange(2, 2)])
        #expect(try findings(json, "ab\ncd").map(\.severity) == [.error])
    }

    @Test(arguments: ["[]", "{}"]) func nothingIsNothing(_ json: String) throws {
        #expect(try findings(json, "x").isEmpty)
        #expect(LanguageServerReport(nil)?.findings(of: "/w/a.lua", in: []).isEmpty == true)
    }

    @Test(arguments: ["", "[1]", "not JSON", "3"]) func somethingElseIsRefused(_ json: String) {
        #expect(LanguageServerReport(Array(json.utf8)) == nil)
    }
}
