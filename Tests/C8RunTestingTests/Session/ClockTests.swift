import Testing

@testable import C8RunTesting

/// The time of a test.
struct ClockTests {
    private static let prelude = "local task, time = require 'c8.task', require 'c8.time'; "

    static let passing = [
        """
        it("stands still", function()
          local clock = test.clock{now = "2026-01-01T00:00:00Z"}
          expect(time.format(time.now())).to_be("2026-01-01T00:00:00Z")
          expect(os.time()).to_be(1767225600)
          expect(os.date("!%Y-%m-%d")).to_be("2026-01-01")
          clock.advance(86400)
          expect(time.now()).to_be(1767312000)
          expect(os.date("!%Y-%m-%d")).to_be("2026-01-02")
          expect(clock:now()).to_be(1767312000)
        end)
        it("is the machine's again", function() expect(time.now()).never.to_be(1767312000) end)
        """,
        """
        it("wakes whoever waits, in their order", function()
          local clock, log = test.clock(), {}
          local tasks = {}
          for _, seconds in ipairs{30, 10, 20} do
            tasks[#tasks + 1] = task.spawn(function()
              task.sleep(seconds)
              log[#log + 1] = seconds
            end)
          end
          clock.advance(20)
          expect(log).to_equal{10, 20}
          clock.advance(9.5)
          expect(log).to_equal{10, 20}
          clock.advance(0.5)
          expect(log).to_equal{10, 20, 30}
        end)
        """,
        """
        it("lets those who wait again wait again", function()
          local clock, count = test.clock(), 0
          local ticking = task.spawn(function()
            for _ = 1, 100 do task.sleep(1) count = count + 1 end
          end)
          clock.advance(42)
          expect(count).to_be(42)
          ticking:cancel()
        end)
        """,
        """
        it("ends timeouts", function()
          local clock = test.clock()
          local waiting = task.spawn(function()
            return pcall(task.timeout, 60, function() task.sleep(3600) end)
          end)
          clock.advance(60)
          local ok, problem = waiting:await()
          expect(ok).to_be(false)
          expect(problem.kind).to_be("timeout")
        end)
        """,
        """
        it("goes on by itself", function()
          test.clock{auto = true}
          local began = time.monotonic()
          task.all{function() task.sleep(7200) end, function() task.sleep(3600) end}
          expect(time.monotonic() - began).to_be_close(7200)
        end)
        """,
        """
        it("is what flows sleep by", function()
          local flow = require "c8.flow"
          test.clock{now = 1000, auto = true}
          local function run() return flow.run("f", function(f) f:sleep(86400) return time.now() end) end
          expect(run()).to_be_close(87400)
          expect(run()).to_be_close(87400)
        end)
        """,
        """
        it("is what tokens age by", function()
          local emulator = test.emulator{token_ttl = 600}
          local clock = test.clock()
          c8.production.orders.list{}
          clock.advance(300)
          c8.production.orders.list{}
          expect(emulator.calls("auth.get_token")).to_have_length(1)
          clock.advance(400)
          c8.production.orders.list{}
          expect(emulator.calls("auth.get_token")).to_have_length(2)
        end)
        """,
        """
        it("is what retries wait by", function()
          test.clock{auto = true}
          test.emulator{faults = {{kind = "status:503", operation = "production.orders.list", times = 2, retry_after = 5}}}
          local began = time.monotonic()
          c8.production.orders.list{}
          expect(time.monotonic() - began >= 10).to_be(true)
        end)
        """,
        """
        it("is what delays of the emulator and calls' timeouts go by", function()
          test.clock{auto = true}
          test.emulator{faults = {{kind = "delay:50", operation = "production.orders.list", times = 1}}}
          c8.production.orders.list({}, {timeout = 120})
        end)
        """,
    ]

    @Test(arguments: passing.indices) func timeIsTheTests(_ index: Int) async throws {
        let began = ContinuousClock.now
        // Longer than any machine is busy.
        let trial = try await Trial.run(Self.prelude + Self.passing[index]) { $0.timeout = 100 }
        #expect(trial.result.hasPassed && !trial.result.tests.isEmpty, "\(trial.lines)")
        #expect(ContinuousClock.now - began < .seconds(110))
    }

    /// As what is left of a time by rounding.
    @Test func timeTooShortForTheClockPasses() async throws {
        let clock = TestClock()
        clock.take(now: 1_700_000_000.1, isAutomatic: false)
        let until = clock.now().nextUp
        async let slept: Void = clock.sleep(seconds: 1e-12)
        while clock.sleeperCount == 0 { await Task.yield() }
        #expect(clock.step(to: nil))
        try await slept
        #expect(clock.now() >= until)
    }
}
