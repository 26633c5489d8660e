import LuaSyntax
import Testing

/// What names mean, and where they are used.
struct ScopeTests {
    private func chunk(_ text: String) -> LuaChunk { LuaChunk.parse(Array(text.utf8)) }

    @Test func localIsReadWrittenAndCaptured() {
        let chunk = chunk("local a, b = 1\na = a + 1\nlocal function f() return a end\nprint(b, f)")
        let variables = Dictionary(uniqueKeysWithValues: chunk.variables.map { ($0.name.text, $0) })
        #expect(variables["a"]?.reads.count == 2)
        #expect(variables["a"]?.writes.count == 1)
        #expect(variables["a"]?.isCaptured == true)
        #expect(variables["b"]?.isCaptured == false)
        #expect(chunk.globals.map(\.name.text) == ["print"])
    }

    @Test func innerVariableHidesTheOuterUntilItsBlockEnds() {
        let chunk = chunk("local a = 1\ndo local a = a; print(a) end\nprint(a)")
        #expect(chunk.variables[1].hides == 0)
        #expect(chunk.variables[0].reads.count == 2)
        #expect(chunk.variables[1].reads.count == 1)
    }

    @Test func conditionOfRepeatSeesTheBlock() {
        let chunk = chunk("repeat local a = 1 until a")
        #expect(chunk.variables[0].reads.count == 1)
        #expect(chunk.globals.isEmpty)
    }

    @Test func labelKnowsWhetherAnythingGoesThere() {
        let chunk = chunk("::a:: ::b:: goto b")
        #expect(chunk.labels.filter(\.isUsed).map(\.name.text) == ["b"])
    }

    @Test func assignedGlobalIsAWrite() {
        let chunk = chunk("x, y = 1, x\nfunction z() end\nx.y = 2")
        #expect(chunk.globals.filter(\.isWrite).map(\.name.text) == ["x", "y", "z"])
        #expect(chunk.globals.filter { !$0.isWrite }.map(\.name.text) == ["x", "x"])
    }

    @Test func methodHasItsSelf() {
        let chunk = chunk("local t = {}\nfunction t:f(a) return self, a end")
        #expect(chunk.variables.map(\.name.text) == ["t", "self", "a"])
        #expect(chunk.variables[1].kind == .implicitSelf)
    }
}
