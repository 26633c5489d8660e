import LuaSyntax
import Testing

/// What a person has typed: whole, not yet whole, or wrong.
struct LuaInputTests {
    @Test(arguments: [
        "x", "1 + 1", "f()", "f() g", "{}", "'a'", "x, y", "function() end", "", "-- x", "x = 1", "return 1",
        "if x then end",
    ])
    func wholeTextIsComplete(_ text: String) {
        if text == "f() g" { return #expect(LuaInput(text) == .incomplete) }
        if case .complete = LuaInput(text) { return }
        Issue.record("\(LuaInput(text))")
    }

    @Test(arguments: [
        "if x then", "x =", "f(", "f(1,", "{", "function f()", "for i = 1, 2 do", "local x =", "[[a", "--[[ a",
        "return 1 +", "a.",
        "'a\\", "'a\\z", "'a\\z  ", "x.y", "repeat", "local function", "while x", "(", "x[", "goto", "::a",
    ])
    func openTextIsIncomplete(_ text: String) {
        if text == "x.y" { return #expect(LuaInput(text) == .complete(isExpression: true)) }
        #expect(LuaInput.isIncomplete(text))
    }

    @Test(arguments: [
        "x = = 1", "'a", "\"a\nb", "end", "if then", "3x", "break", "goto a", "f(]", "local 1", "x = 'a", "'a\\\\",
    ])
    func wrongTextIsWrong(_ text: String) {
        if case .wrong = LuaInput(text) { return }
        Issue.record("\(LuaInput(text))")
    }

    @Test func expressionIsTold() {
        #expect(LuaInput("x + 1") == .complete(isExpression: true))
        #expect(LuaInput("x = 1") == .complete(isExpression: false))
    }
}
