import C8Check
import C8Platform
import C8Run
import Foundation
import Testing

@testable import C8RunCLI

/// Findings as people, code hosts and the documentation see them.
struct CheckTextTests {
    private func result(_ text: String, name: String = "t.lua") -> CheckResult {
        let settings = CheckSettings(types: TypeLibrary(files: EmbeddedLibrary.types))
        let bytes = Array(text.utf8)
        return CheckResult(
            name: name, bytes: bytes, report: ScriptCheck.check(CheckSource(name: name, bytes: bytes), settings))
    }

    @Test(arguments: [
        (
            "local abc = 1", "t.lua:1:7: warning: the variable abc is never read [unused-variable]",
            "    local abc = 1\n          ^~~"
        ),
        ("print('中文', x)", "t.lua:1:13: warning:", "    print('中文', x)\n                  ^\n".dropLast().description),
        ("\tlocal abc = 1", "t.lua:1:8:", "            local abc = 1\n                  ^~~"),
        (
            "local a\tthen", "t.lua:1:9: error: unexpected symbol near 'then' [syntax]",
            "    local a then\n            ^~~~"
        ),
        ("local \u{1B}[31mx = 1", "error: <name> expected near '<\\27>'", "    local \\x1b[31mx = 1"),
    ])
    func markStandsBelowWhatIsMeant(_ text: String, _ message: String, _ excerpt: String) {
        let shown = CheckText(usesColor: false).text([result(text)])
        #expect(shown.contains(message), "\(shown)")
        #expect(shown.contains(excerpt), "\(shown)")
        #expect(!shown.contains("\u{1B}"))
    }

    @Test func needsAndCountsComeLast() {
        let shown = CheckText(usesColor: false).text([result("c8.fs.read('a b')\nprint(x)\n")])
        let lines = shown.split(separator: "\n").suffix(2)
        #expect(lines == ["t.lua: this script needs: c8run --allow-read='a b' t.lua", "checked 1 file: 1 warning"])
    }

    @Test func coloursAreThereWhereTheyAreWanted() {
        #expect(CheckText(usesColor: true).text([result("x = ")]).contains("\u{1B}[1;31merror:\u{1B}[0m"))
    }

    @Test func sarifHasWhatTheStandardAsksFor() throws {
        let json = SARIF(folder: "/srv/dir").json([
            result("print('中文😀', x)", name: "ein skript.lua"), result("x = ", name: "/elsewhere/a.lua"),
        ])
        #expect(json["version"] == "2.1.0")
        let run = try #require(json["runs"]?.arrayValue?.first)
        #expect(run["columnKind"] == "utf16CodeUnits")
        #expect(run["originalUriBaseIds"]?["SRCROOT"]?["uri"] == "file:///srv/dir/")
        let rules = try #require(run["tool"]?["driver"]?["rules"]?.arrayValue)
        #expect(rules.count == CheckRule.allCases.count)
        let results = try #require(run["results"]?.arrayValue)
        for result in results {
            let index = try #require(result["ruleIndex"]?.integerValue)
            #expect(rules[Int(index)]["id"] == result["ruleId"])
            #expect(["error", "warning", "note"].contains(result["level"]?.stringValue))
            let region = try #require(result["locations"]?.arrayValue?.first?["physicalLocation"]?["region"])
            for key in ["startLine", "startColumn", "endLine", "endColumn"] {
                #expect((region[key]?.integerValue ?? 0) >= 1, "\(key) of \(result)")
            }
        }
        let first = try #require(results.first?["locations"]?.arrayValue?.first?["physicalLocation"])
        #expect(first["artifactLocation"]?["uri"] == "ein%20skript.lua")
        #expect(first["artifactLocation"]?["uriBaseId"] == "SRCROOT")
        // The face is two units of UTF-16.
        #expect(first["region"]?["startColumn"] == 15)
        let last = try #require(results.last?["locations"]?.arrayValue?.first?["physicalLocation"])
        #expect(last["artifactLocation"]?["uri"] == "file:///elsewhere/a.lua")
    }

    @Test func jsonCountsAndPlacesFindings() throws {
        let json = CheckJSON.json([result("local ä = 1")])
        #expect(json["errors"] == 1)
        let finding = try #require(json["files"]?.arrayValue?.first?["findings"]?.arrayValue?.first)
        #expect(finding["rule"] == "syntax")
        #expect(finding["line"] == 1)
        #expect(finding["column"] == 7)
    }

    @Test(arguments: [
        ("a.lua:3:7-9: (W211) unused variable 'x'", "a.lua", 3, 7...9, "W211"),
        ("dir:x/a.lua:12:1-1: (E011) expected expression near <eof>", "dir:x/a.lua", 12, 1...1, "E011"),
        ("a.lua:3:121: (W631) line is too long (130 > 120)", "a.lua", 3, 121...121, "W631"),
    ])
    func lineOfLuacheckIsRead(_ text: String, _ path: String, _ line: Int, _ columns: ClosedRange<Int>, _ code: String)
        throws
    {
        let read = try #require(LuacheckLine(text))
        #expect(read.path == path)
        #expect(read.line == line)
        #expect(read.columns == columns)
        #expect(read.code == code)
    }

    @Test func whatLuacheckRepeatsIsToldOnce() {
        var checked = result("local x = 1\nlocal y = 2")
        let count = checked.report.findings.count
        func merge(_ line: String) { LuacheckLine(line)?.finding(in: checked.bytes)?.merge(into: &checked) }
        merge("t.lua:1:7-7: (W211) unused variable 'x'")
        merge("t.lua:1:1-1: (W113) accessing undefined variable 'c8'")
        #expect(checked.report.findings.count == count)
        merge("t.lua:2:1-5: (W612) line contains trailing whitespace")
        #expect(checked.report.findings.count { $0.rule == .luacheck } == 1)
    }

    @Test func documentationNamesEveryRule() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../docs/check.md")
        let text = try String(contentsOf: file.standardizedFileURL, encoding: .utf8)
        for rule in CheckRule.allCases {
            let plain = rule.severity(isStrict: false)
            let strict = rule.severity(isStrict: true)
            let severity = plain == strict ? plain.rawValue : "\(plain.rawValue); \(strict.rawValue) with `--strict`"
            #expect(text.contains("| `\(rule.rawValue)` | \(severity) | \(rule.summary) |"), "\(rule.rawValue)")
        }
    }
}
