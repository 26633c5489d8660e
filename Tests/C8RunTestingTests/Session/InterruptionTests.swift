import C8RunTesting
import Testing

/// Flows that are killed, in a function of the test.
struct InterruptionTests {
    private static let prelude = """
        local flow = require "c8.flow"
        local steps = {}
        local function produce(verify)
          return flow.run("order A-1", function(f)
            f:step("check", function() steps[#steps + 1] = "check" return true end)
            local order = f:step("create", function()
              steps[#steps + 1] = "create"
              return c8.production.orders.create{orderNo = "A-1", productCode = "S", quantity = 3}
            end, {verify = verify, settle = 0})
            return f:step("count", function()
              steps[#steps + 1] = "count"
              return c8.production.orders.get{orderNo = order.orderNo}.quantity
            end)
          end)
        end
        local function find()
          local ok, order = pcall(c8.production.orders.get, {orderNo = "A-1"})
          return ok and order or nil
        end
        test.before_each(function() steps = {} end)

        """

    static let passing = [
        """
        it("makes the order once, killed after the write", function()
          local emulator = test.emulator()
          test.interrupted(function() produce(find) end, {after = "create"})
          expect(steps).to_equal{"check", "create"}
          expect(emulator.ledger().production_orders).to_have_length(1)
          expect(produce(find)).to_be(3)
          expect(steps).to_equal{"check", "create", "count"}
          expect(emulator.calls("production.orders.create")).to_have_length(1)
        end)
        """,
        """
        it("begins the step again, killed before it", function()
          test.interrupted(function() produce(find) end, {before = "create"})
          expect(steps).to_equal{"check"}
          expect(produce(find)).to_be(3)
          expect(steps).to_equal{"check", "create", "count"}
        end)
        """,
        """
        it("has the step's result, killed when it was kept", function()
          test.interrupted(function() produce() end, {done = "create"})
          expect(produce()).to_be(3)
          expect(steps).to_equal{"check", "create", "count"}
        end)
        """,
        """
        it("is not saved by pcall", function()
          local emulator = test.emulator()
          test.interrupted(function()
            for _ = 1, 3 do pcall(produce, find) end
            c8.production.orders.create{orderNo = "A-2", productCode = "S", quantity = 1}
          end, {after = "create"})
          expect(emulator.ledger().production_orders).to_have_length(1)
          expect(steps).to_equal{"check", "create"}
        end)
        """,
        """
        it("can be killed more than once", function()
          local emulator = test.emulator()
          test.interrupted(function() produce(find) end, {before = "check"})
          test.interrupted(function() produce(find) end, {after = "create"})
          test.interrupted(function() produce(find) end, {before = "count"})
          expect(produce(find)).to_be(3)
          expect(emulator.calls("production.orders.create")).to_have_length(1)
        end)
        """,
        """
        it("knows no flow of another test", function()
          expect(produce(find)).to_be(3)
          expect(steps).to_have_length(3)
        end)
        """,
    ]

    @Test(arguments: passing.indices) func aFlowGoesOnWhereItWas(_ index: Int) async throws {
        let trial = try await Trial.run(Self.prelude + Self.passing[index])
        #expect(trial.result.hasPassed && !trial.result.tests.isEmpty, "\(trial.lines)")
    }

    static let mistakes: [(code: String, message: String)] = [
        (
            "test.interrupted(produce, {after = 'creat'})",
            "the function ended without being killed: its flows came to check, create, count"
        ),
        ("test.interrupted(function() error('boom') end, {after = 'create'})", "boom"),
        ("test.interrupted(produce, {})", "wants one of before, after and done with the name of a step"),
        ("test.interrupted(produce, {after = 'a', done = 'b'})", "wants one of before, after and done"),
        ("test.interrupted(produce, {afterwards = 'a'})", "has no option \"afterwards\""),
        ("test.interrupted()", "test.interrupted wants a function"),
    ]

    @Test(arguments: mistakes.indices) func aKillThatNeverComesFails(_ index: Int) async throws {
        let (code, message) = Self.mistakes[index]
        let trial = try await Trial.run(Self.prelude + "it('x', function() \(code) end)")
        #expect(trial.message?.contains(message) == true, "\(trial.message ?? "passed")")
    }
}
