import C8RunTesting
import Testing

/// describe, it, what surrounds tests, and which of them run.
struct SuiteTests {
    @Test func groupsNestAndHooksSurroundTests() async throws {
        let trial = try await Trial.run(
            """
            local log = {}
            local function note(text) return function() log[#log + 1] = text end end
            test.before_all(note("A")); test.after_all(function() print(table.concat(log, " ")) end)
            test.before_each(note("a")); test.after_each(note("z"))
            describe("outer", function()
              test.before_all(note("B")); test.after_all(note("Y"))
              test.before_each(note("b")); test.after_each(note("y"))
              it("one", note("1"))
              describe("inner", function() it("two", note("2")) end)
            end)
            it("three", note("3"))
            it("sees the order", function()
              expect(table.concat(log, " ")).to_be("A B a b 1 y z a b 2 y z Y a 3 z a")
            end)
            """)
        #expect(
            trial.lines == [
                "passed outer › one", "passed outer › inner › two", "passed three", "passed sees the order",
            ])
    }

    static let selections: [(source: String, lines: [String])] = [
        ("it.skip('a', function() error('x') end) it('b', function() end)", ["skipped a", "passed b"]),
        ("it.todo('a') it('b', function() end)", ["todo a", "passed b"]),
        ("it('a', error) it.only('b', function() end)", ["skipped a", "passed b"]),
        (
            "describe.only('g', function() it('a', function() end) it('b', function() end) end) it('c', error)",
            ["passed g › a", "passed g › b", "skipped c"]
        ),
        (
            "describe.only('g', function() it('a', error) it.only('b', function() end) end) it('c', error)",
            ["skipped g › a", "passed g › b", "skipped c"]
        ),
        ("describe.skip('g', function() it('a', error) it.only('b', error) end)", ["skipped g › a", "skipped g › b"]),
        (
            "test.each{{1, 2}, {3, 4}}('%d to %d', function(a, b) expect(b).to_be(a + 1) end)",
            ["passed 1 to 2", "passed 3 to 4"]
        ),
        (
            "test.each{'a', {1, nil, n = 2}}('row', function() end)", ["passed row (1)", "passed row (2)"]
        ),
        (
            "test.each{1}('times %s', {timeout = 3}, function(n) expect(n).to_be(1) end)", ["passed times 1"]
        ),
    ]

    @Test(arguments: selections.indices) func whatRunsIsWhatTheFileAsksFor(_ index: Int) async throws {
        let (source, lines) = Self.selections[index]
        #expect(try await Trial.run(source).lines == lines, "\(source)")
    }

    static let mistakes: [(source: String, message: String)] = [
        ("it('a')", "it wants a name and a function; it.todo(name) notes a test that is not written yet"),
        ("it('', function() end)", "it wants a name"), ("describe('a')", "describe wants a name and a function"),
        ("it('a', {timeuot = 1}, function() end)", "unknown option \"timeuot\"; there is timeout"),
        ("it('a', {timeout = 0}, function() end)", "timeout wants seconds above 0, at most 86400"),
        ("error('boom')", "boom"), ("this is not Lua", "a_test.lua:1: syntax error near 'is'"),
        ("test.before_each()", "before_each wants a function"),
    ]

    @Test(arguments: mistakes.indices) func aFileThatCannotBeLoadedIsAProblem(_ index: Int) async throws {
        let (source, message) = Self.mistakes[index]
        let result = try await Trial.run(source).result
        #expect(result.tests.isEmpty && !result.hasPassed)
        #expect(result.problems.first?.message.contains(message) == true, "\(result.problems)")
        #expect(result.problems.first?.place?.hasSuffix("a_test.lua:1") == true || message.contains(":1:"))
    }

    @Test func testsCannotBeMadeWhileTestsRun() async throws {
        let trial = try await Trial.run("it('a', function() it('b', function() end) end)")
        #expect(trial.message == "it belongs outside of tests: a file's tests are known before the first runs")
    }

    @Test func failuresOfHooksAreTold() async throws {
        let trial = try await Trial.run(
            """
            describe("g", function()
              test.before_all(function() error("no database") end)
              test.after_all(function() error("still none") end)
              it("a", function() end)
              it("b", function() end)
            end)
            describe("h", function()
              test.before_each(function() error("before") end)
              test.after_each(function() print("cleaned up") end)
              it("c", function() print("never") end)
            end)
            it("d", function() end)
            """)
        #expect(
            trial.lines == [
                "failed g › a: no database", "failed g › b: no database", "failed h › c: before", "passed d",
                "problem: after_all of g: still none",
            ])
        #expect(trial.result.tests[2].output == "cleaned up\n")
    }

    @Test func stubsEndWithTheirTest() async throws {
        let trial = try await Trial.run(
            """
            local target = {f = function() return "real" end}
            it("stubs", function() test.stub(target, "f", "stubbed"); expect(target.f()).to_be("stubbed") end)
            it("has it back", function() expect(target.f()).to_be("real") end)
            describe("g", function()
              test.before_all(function() test.stub(target, "f", "of g") end)
              it("a", function() expect(target.f()).to_be("of g") end)
            end)
            it("has it back again", function() expect(target.f()).to_be("real") end)
            """)
        #expect(trial.result.hasPassed, "\(trial.lines)")
    }

    @Test func outputIsKeptForItsTest() async throws {
        let trial = try await Trial.run(
            """
            it("a", function() print("one"); require("c8.log").warn("two", {n = 3}); io.stderr:write("four\\n") end)
            it("b", function() print("five") end)
            """)
        #expect(trial.result.tests.map(\.output) == ["one\nwarning: two n=3\nfour\n", "five\n"])
    }
}
