import Testing

/// Names that nothing defines or uses, dead code and dead values: what is found, and what is left in peace.
struct NameRuleTests {
    @Test(arguments: [
        ("print(x)", ["1 undefined-global"]),
        ("pritn(1)", ["1 undefined-global"]),
        ("x = 1", ["1 unused-global"]),
        ("dofile('x')", ["1 unavailable"]),
        ("local f = io.open('x')\nprint(f)", ["1 unavailable"]),
        ("os.remove('x')", ["1 unavailable"]),
        ("print(string.fromat('x'))", ["1 unknown-field"]),
        ("print(unpack({}))", ["1 unavailable"]),
        ("local a = 1", ["1 unused-variable"]),
        ("local a\na = 1", ["1 unused-variable"]),
        ("local function f() end", ["1 unused-function"]),
        ("local function f() f() end", ["1 unused-function"]),
        ("for i = 1, 2 do print() end", ["1 unused-loop-variable"]),
        ("for k, v in pairs({}) do print(k) end", ["1 unused-loop-variable"]),
        ("::l:: print()", ["1 unused-label"]),
        ("local a = 1\na = 2\nprint(a)", ["1 unused-value"]),
        ("local a = f()\na = 2\nprint(a)", ["1 unused-value", "1 undefined-global"]),
        ("local function f()\nlocal a = 1\nprint(a)\na = 2\nend\nf()", ["4 unused-value"]),
        ("do return end\nprint()", ["2 unreachable"]),
        ("error('x')\nprint()", ["2 unreachable"]),
        ("while true do print() end\nprint()", ["2 unreachable"]),
        ("local a = ...\nif a then return else error('x') end\nprint()", ["3 unreachable"]),
        ("if x then\n", ["2 syntax"]),
        ("local a <const> = 1\na = 2", ["2 syntax"]),
        ("-- c8check: foo", ["1 suppression"]),
        ("-- c8check: ignore[foo]", ["1 suppression"]),
    ])
    func faultIsFound(_ text: String, _ expected: [String]) {
        #expect(Checking.found(text) == expected)
    }

    @Test(arguments: [
        ("local function f(a, b) return a end f()", ["1 unused-parameter"]),
        ("local function f(a, b) return b end f()", []), ("local function f(_, _b) end f()", []),
        ("return function(a, b, ...) return ... end", ["1 unused-parameter", "1 unused-parameter"]),
        ("local t = {}\nfunction t:m(a) return self end\nfunction t:n() end\nreturn t", ["2 unused-parameter"]),
        ("local function f(a) a = 1 end f()", ["1 unused-parameter"]),
        ("local function f(a) -- c8check: ignore[unused-parameter]\nend f()", []),
    ])
    func parametersAreJudgedStrictlyAlone(_ text: String, _ expected: [String]) {
        #expect(Checking.found(text, isStrict: true) == expected)
        #expect(Checking.found(text) == [])
    }

    @Test(arguments: [
        "local _ = 1", "local _x = 1", "local function f(a, b) end f()", "for _ = 1, 2 do print() end",
        "local t <close> = setmetatable({}, {__close = function() end})", "local a; a = 1; print(a)",
        "local a = nil; a = 1; print(a)", "local a = 0\nfor i = 1, 3 do a = a + i end\nprint(a)",
        "local a = 1\nlocal function f() a = 2 end\nf()\nprint(a)",
        "local ok = false\nif ok then ok = true end\nprint(ok)",
        "goto l\n::l::", "while true do if ... then break end end\nprint()", "x = 1\nprint(x)",
        "repeat local a = 1 until a", "local M = {} function M.f() return M end return M",
        "local _ENV = {print = print}\nprint(whatever)", "local globals = _ENV\nprint(globals)",
        "print(_G, _VERSION, arg, ...)",
        "for i = 1, 2 do print(i) end",
        "local a = 1\na = a + 1\nprint(a)", "local a, b = 1, 2\na, b = b, a\nprint(a, b)",
        "print(math.pi, utf8.char(1))",
        "local a = ...\nif a then return end\nprint()", "local i = 0\nwhile i < 3 do i = i + 1 end",
        "for i = 1, 3 do\n  if i == 2 then goto continue end\n  print(i)\n  ::continue::\nend",
        "local n = 0\nlocal function next_number()\n  n = n + 1\n  return n\nend\nprint(next_number())",
        "local x = 1\nif ... then x = 2 end\nprint(x)", "do local a = 1; print(a) end\nlocal a = 2\nprint(a)",
        "local s = ''\nrepeat s = s .. 'x' until #s > 3",
        "---@meta\nlocal json = {}\nfunction json.f(a) end\nreturn json",
    ])
    func soundScriptIsLeftInPeace(_ text: String) {
        #expect(Checking.found(text) == [])
    }

    @Test func shadowingAndGlobalsAreTellWorthyOnlyUnderStrict() {
        let text = "local a = 1\ndo local a = 2; print(a) end\nprint(a)\nx = 1\nprint(x)"
        #expect(Checking.found(text) == [])
        #expect(Checking.found(text, informs: true) == ["2 shadowing", "4 global-assignment"])
        #expect(Checking.found(text, isStrict: true) == ["2 shadowing", "4 global-assignment"])
    }

    @Test(arguments: [
        ("local a = 1 -- c8check: ignore", [String]()),
        ("local a = 1 -- c8check: ignore[unused-variable]", []),
        ("local a = 1 -- c8check: ignore[shadowing]", ["1 unused-variable"]),
        ("-- c8check: ignore[unused-variable]\nlocal a = 1\nlocal b = 2", ["3 unused-variable"]),
        ("-- c8check: globals x y\nprint(x, y, z)", ["2 undefined-global"]),
        ("-- luacheck: globals x\nx = 1", []),
        ("local a = 1 -- luacheck: ignore", []),
        ("local a = 1 -- luacheck: ignore 211", []),
        ("local a = 1 -- luacheck: ignore 411", ["1 unused-variable"]),
        ("local a = 1 -- luacheck: ignore a", []),
        ("local a = 1 -- luacheck: ignore b", ["1 unused-variable"]),
        ("-- luacheck: ignore\nlocal a = 1\nlocal b = 2", []),
        ("local function f()\n-- luacheck: ignore\nlocal a = 1\nend\nlocal b = 2\nf()", ["5 unused-variable"]),
    ])
    func commentSilencesWhatItNames(_ text: String, _ expected: [String]) {
        #expect(Checking.found(text) == expected)
    }

    @Test func severalSyntaxErrorsAreToldAtOnce() {
        let text = "local = 1\nprint(1\nfor i in do end\nlocal x = 3x\n"
        let found = Checking.found(text)
        #expect(found.count >= 3, "\(found)")
        #expect(found.allSatisfy { $0.hasSuffix("syntax") })
    }
}
