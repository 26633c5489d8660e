import Testing

@testable import C8Run

@Suite struct PromptLineTests {
    static let sources: [(text: String, source: String)] = [
        ("1 + 1", "return 1 + 1"), ("= 1 + 1", "return  1 + 1"), ("x = 1", "x = 1"), ("f()", "return f()"),
        ("return 1", "return 1"), ("print 'a' -- b", "return print 'a' -- b"), ("x == 1", "return x == 1"),
    ]

    @Test(arguments: sources)
    func expressionNeedsNoReturn(_ text: String, _ source: String) {
        let line = PromptLine(text, known: [:])
        #expect(line.source == source)
        #expect(line.wrapped == nil)
    }

    static let locals: [(text: String, declared: [String], constants: Set<String>)] = [
        ("local a, b = 1", ["a", "b"], []),
        ("local function f() local inner end", ["f"], []),
        ("local c <const>, d <close> = 1, nil", ["c"], ["c"]),
        ("do local a = 1 end", [], []),
        ("for i = 1, 2 do local x = i end", [], []),
        ("local a = 1 local a = 2", ["a"], []),
        ("local _ENV = {}", [], []),
    ]

    @Test(arguments: locals.indices)
    func topLevelLocalsAreFound(_ index: Int) {
        let row = Self.locals[index]
        let line = PromptLine(row.text, known: [:])
        #expect(line.declared == row.declared)
        #expect(line.constants == row.constants)
        #expect((line.wrapped == nil) == row.declared.isEmpty)
    }

    @Test func onlyLocalsThatAreUsedAreBroughtIn() {
        #expect(PromptLine("print(y)", known: ["x": false]).wrapped == nil)
        let wrapped = PromptLine("print(x, c)", known: ["x": false, "y": false, "c": true]).wrapped
        #expect(wrapped?.hasPrefix("local c <const>;local x;return function(") == true, "\(wrapped ?? "")")
    }
}
