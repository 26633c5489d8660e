import C8Run
import C8RunTesting
import Testing

/// Tests that do not end as they should: each costs itself, and none of the others.
struct EndingTests {
    @Test func aWaitThatTakesTooLongFailsInTime() async throws {
        let began = ContinuousClock.now
        let trial = try await Trial.run(
            """
            it("waits", {timeout = 0.1}, function()
              require("c8.task").sleep(60)
            end)
            it("goes on", function() end)
            """)
        #expect(trial.lines == ["failed waits: took longer than 0.1 s", "passed goes on"])
        #expect(trial.result.tests[0].failure?.place?.hasSuffix("a_test.lua:2") == true)
        #expect(ContinuousClock.now - began < .seconds(20))
    }

    @Test func aLoopWithoutEndCostsItsTestAlone() async throws {
        let trial = try await Trial.run(
            """
            test.before_all(function() print("again") end)
            it("a", function() end)
            it("loops", {timeout = 0.1}, function()
              while true do pcall(error) end
            end)
            it("b", function() end)
            """)
        #expect(
            trial.lines == [
                "passed a", "failed loops: took longer than 0.1 s, and did not end when it was told to", "passed b",
            ])
        // Where the stop struck, if it struck in the test's own text, else where the test begins.
        let place = trial.result.tests[1].failure?.place
        #expect(place?.contains("a_test.lua:") == true, "\(place ?? "-")")
    }

    @Test func aLoopOutsideOfTheTestsHasATestsTime() async throws {
        let began = ContinuousClock.now
        let trial = try await Trial.run("it('a', function() end) while true do end") { $0.timeout = 0.1 }
        #expect(trial.result.tests.isEmpty)
        let problem = try #require(trial.result.problems.first)
        #expect(problem.message == "took longer than 0.1 s, and did not end when it was told to")
        #expect(ContinuousClock.now - began < .seconds(20))
    }

    @Test func anExitCostsItsTestAlone() async throws {
        let trial = try await Trial.run("it('a', function() os.exit(3) end) it('b', function() end)")
        #expect(trial.lines == ["failed a: ended the script by os.exit(3)", "passed b"])
    }

    @Test func memoryThatIsUsedUpCostsItsTestAlone() async throws {
        let trial = try await Trial.run(
            """
            it("a", function() local t = {} while true do t[#t + 1] = ("x"):rep(100000) .. #t end end)
            it("b", function() end)
            """
        ) { $0.host.limits.maximumMemory = 32 << 20 }
        #expect(trial.lines.count == 2)
        #expect(trial.lines.first?.hasPrefix("failed a: the script reached its memory limit") == true)
        #expect(trial.lines.last == "passed b")
    }

    @Test func tasksThatAreLeftBehindAreNamed() async throws {
        let trial = try await Trial.run(
            """
            local task = require "c8.task"
            it("leaks", function()
              task.spawn(function() task.sleep(60) end)
            end)
            it("awaits", function() task.spawn(function() task.sleep(0.001) end):await() end)
            it("cancels", function() task.spawn(function() task.sleep(60) end):cancel() task.sleep(0.001) end)
            """)
        #expect(trial.lines.count == 3)
        let message = try #require(trial.result.tests[0].failure?.message)
        #expect(message.hasPrefix("a task was still running at the end of the test (begun at "), "\(message)")
        #expect(message.hasSuffix("a_test.lua:3): await or cancel it"), "\(message)")
        #expect(trial.lines.dropFirst() == ["passed awaits", "passed cancels"])
    }

    @Test func anErrorOfATaskFailsItsTest() async throws {
        let trial = try await Trial.run(
            """
            local task = require "c8.task"
            it("a", function()
              local ran
              task.spawn(function() ran = true error("in the task") end)
              while not ran do task.sleep(0.001) end
            end)
            """)
        #expect(trial.lines == ["failed a: in the task"])
    }

    @Test func aFlowThatStopsCostsItsTestAlone() async throws {
        let trial = try await Trial.run(
            """
            it("a", function()
              test.emulator{faults = {{kind = "cut-after", operation = "production.orders.create"}}}
              require("c8.flow").run("f", function(f)
                f:step("create", function()
                  return c8.production.orders.create{orderNo = "A-1", productCode = "S", quantity = 1}
                end)
              end)
              require("c8.flow").run("f", function(f)
                f:step("create", function() end)
              end)
            end)
            it("b", function() end)
            """)
        #expect(trial.lines.count == 2 && trial.lines.last == "passed b", "\(trial.lines)")
        #expect(trial.result.tests[0].failure != nil)
    }

    @Test func theFirstFailureEndsAllWhenAsked() async throws {
        let trial = try await Trial.run("it('a', error) it('b', function() end)") { $0.failFast = true }
        #expect(trial.result.tests.count == 1)
    }
}
