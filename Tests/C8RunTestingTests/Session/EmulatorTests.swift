import C8RunTesting
import Testing

/// The platform of a test.
struct EmulatorTests {
    private static let make =
        "local function make(no) return c8.production.orders.create"
        + "{orderNo = no, productCode = 'S', quantity = 3} end; "

    static let passing = [
        """
        it("has one of its own", function() make("A-1"); expect(c8.profile).to_be("emulator") end)
        it("knows nothing of another test's", function()
          expect(function() c8.production.orders.get{orderNo = "A-1"} end).to_raise{kind = "api", code = 99001001}
        end)
        """,
        """
        it("tells what it was asked", function()
          local emulator = test.emulator()
          make("A-1")
          local calls = emulator.calls("production.orders.create")
          expect(calls).to_have_length(1)
          expect(calls[1]).to_match{performed = true, code = 200, status = 200, body = {orderNo = "A-1", quantity = 3}}
          expect(calls[1].fault).to_be_nil()
          expect(calls[1].target).to_match("^POST /emulator/")
          expect(emulator:calls("auth.get_token")).to_have_length(1)
          c8.production.offline.upload_codes{orderNo = "A-1", codes = {("a"):rep(32), ("b"):rep(32)}}
          local order = emulator.ledger().production_orders[1]
          expect(order).to_match{orderNo = "A-1", uploaded = 2, status = "producing"}
          expect(order.codes).to_equal{("a"):rep(32), ("b"):rep(32)}
          expect(emulator.calls()).to_have_length(2)
        end)
        """,
        """
        it("does what goes wrong", function()
          local emulator = test.emulator{faults = {
            {kind = "cut_after", operation = "production.orders.create", times = 1},
            "status:503,on=production.orders.get,times=1,retry-after=0",
          }}
          expect(function() make("A-1") end).to_raise{kind = "network", outcome = "unknown"}
          expect(emulator.calls("production.orders.create")[1]).to_match{performed = true, fault = "cut-after"}
          expect(c8.production.orders.get{orderNo = "A-1"}.orderNo).to_be("A-1")
          emulator.faults{{kind = "status:500", operation = "production.*"}}
          expect(function() make("A-2") end).to_raise{kind = "http", status = 500}
          emulator.faults{}
          make("A-3")
        end)
        """,
        """
        describe("of a group", function()
          local emulator
          test.before_all(function() emulator = test.emulator{seed = 5}; make("A-1") end)
          it("is there for its tests", function() expect(c8.production.orders.get{orderNo = "A-1"}.quantity).to_be(3) end)
          it("may be replaced for one", function()
            test.emulator()
            expect(function() c8.production.orders.get{orderNo = "A-1"} end).to_raise{kind = "api"}
          end)
          it("is there again", function()
            make("A-2")
            expect(emulator.ledger().production_orders).to_have_length(2)
          end)
        end)
        """,
        """
        it("can be gone", function()
          test.emulator().stop()
          expect(function() make("A-1") end).to_raise{kind = "network"}
        end)
        """,
        """
        it("replaces tokens that it does not know any more", function()
          local emulator = test.emulator()
          make("A-1")
          emulator.expire_tokens()
          make("A-2")
          expect(emulator.calls("auth.get_token")).to_have_length(2)
        end)
        """,
        """
        it("takes bindings", function()
          test.emulator{bindings = {version = 1, operations = {["products.save"] = {
            method = "POST", path = "/emulator/production/orders", effect = "write"}}}}
          expect(function() c8.products.save{} end).to_raise{kind = "api"}
        end)
        """,
        """
        it("makes folders that go", function()
          local fs = require "c8.fs"
          local path = test.temp_dir()
          fs.write(path .. "/a", "x")
          expect(fs.read(path .. "/a")).to_be("x")
          before = path
          expect(test.temp_dir()).never.to_be(path)
        end)
        it("are gone", function() expect(require("c8.fs").exists(before)).to_be(false) end)
        """,
    ]

    @Test(arguments: passing.indices) func eachTestHasItsPlatform(_ index: Int) async throws {
        let trial = try await Trial.run(Self.make + Self.passing[index])
        #expect(trial.result.hasPassed && !trial.result.tests.isEmpty, "\(trial.lines)")
    }

    static let mistakes: [(code: String, message: String)] = [
        ("test.emulator{fault = {}}", "test.emulator has no option \"fault\"; there are faults, bindings"),
        ("test.emulator{faults = {{kind = 'cut-afterwards'}}}", "the fault \"cut-afterwards\" is not understood"),
        ("test.emulator{faults = {{operation = 'a.b'}}}", "wants a kind for each"),
        ("test.emulator{faults = {{kind = 'cut-after', tims = 1}}}", "not tims"),
        ("test.emulator{token_ttl = 0}", "the option token_ttl wants seconds above 0"),
        ("test.emulator(5)", "test.emulator wants a table of options"),
        ("require('c8.fs').read('/etc/passwd')", "--allow-read"),
    ]

    @Test(arguments: mistakes.indices) func mistakesAreNamed(_ index: Int) async throws {
        let (code, message) = Self.mistakes[index]
        let trial = try await Trial.run("it('x', function() \(code) end)")
        #expect(trial.message?.contains(message) == true, "\(trial.message ?? "passed")")
    }
}
