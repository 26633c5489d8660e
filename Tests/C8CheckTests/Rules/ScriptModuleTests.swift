import C8Check
import C8Platform
import LuaSyntax
import Testing

/// Fields of the script's own modules, from their texts.
struct ScriptModuleTests {
    private func found(_ module: String, _ use: String) -> [String] {
        let source = CheckSource(
            name: "t.lua", bytes: Array(use.utf8), hasModule: { $0 == "m" },
            readModule: { $0 == "m" ? Array(module.utf8) : nil })
        let settings = CheckSettings(hasBindings: true, types: Checking.types)
        return ScriptCheck.check(source, settings).findings.filter { $0.severity > .information }
            .map { "\($0.start.line):\($0.start.column) \($0.rule.rawValue)" }
    }

    private static let use = "local m = require 'm'\nm.wrong()"

    @Test(arguments: [
        "return {}", "return {right = 1, ['other'] = 2, 3}", "local m = {}\nreturn m",
        "local m = {a = 1}\nfunction m.b() return m.a end\nm.c, m.d = 1, m.a + 1\nreturn m",
        "local m = {}\nfunction m:b() end\nlocal function f() m.late = m:b() end\nm.f = f\nreturn m",
        "local a, m = 1, {}\nm['x'] = a\nm.x.y = 2\nif a then m.z = 1 end\nreturn m",
    ])
    func fieldThatIsNotThereIsFound(_ module: String) {
        #expect(found(module, Self.use) == ["2:3 unknown-field"], "\(module)")
    }

    @Test(arguments: [
        "return {wrong = 1}", "local m = {}\nfunction m.wrong() end\nreturn m",
        "local m = {}\nlocal function f() m.wrong = 1 end\nf()\nreturn m",
        // What is not plain decides for itself.
        "return setmetatable({}, {})", "local m = setmetatable({}, {})\nreturn m", "local m = {}\nfill(m)\nreturn m",
        "local m = {}\nm[key] = 1\nreturn m", "local m = {}\nlocal n = m\nn.wrong = 1\nreturn m",
        "local m = {}\nm = other()\nreturn m", "return {[key] = 1}", "return f()", "if x then return {} end\nreturn {}",
        "local m\nreturn m", "local m = {}\nm.__index = m\nreturn m", "return", "m = {}", "return {}, 1",
        "syntax error",
        "local m = {}\nfor k in pairs(x) do m[k] = 1 end\nreturn m", "local m = {}\nreturn (m)",
    ])
    func nothingIsSaidWithoutCertainty(_ module: String) {
        #expect(found(module, Self.use) == [], "\(module)")
    }

    @Test(arguments: [
        ("local m = require 'm'\nm.extra = 1\nprint(m.extra)", []), ("require('m').wrong()", ["1:14 unknown-field"]),
        ("local m = require 'm'\nm:wrong()", ["2:3 unknown-field"]), ("local m = require 'm'\nprint(m.right)", []),
        ("local m = require 'm'\nm = other\nm.wrong()", ["2:5 undefined-global"]),
        ("local m = require 'm'\nprint(m['wrong'])", ["2:9 unknown-field"]), ("local m = require 'm'\nprint(m[1])", []),
        ("local m = require 'm'\nm.wrong() -- c8check: ignore[unknown-field]", []),
    ])
    func usesAreHeldAgainstTheModule(_ use: String, _ expected: [String]) {
        #expect(found("return {right = 1}", use).filter { !$0.contains("unused-value") } == expected)
    }
}
