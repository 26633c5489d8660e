import C8RunTesting
import Testing

/// `test.run`: scripts as the thing under test.
struct ScriptTests {
    private static let files = [
        "echo.lua": """
        local helper = require "helper"
        print(helper.greet(...), arg[0] ~= nil, c8.profile)
        io.stderr:write("aside\\n")
        require("c8.log").info("logged", {n = 1})
        os.exit(7)
        """,
        "helper.lua": "return {greet = function(...) return table.concat({...}, \"+\") end}",
        "fails.lua":
            "local function deep() error({kind = 'x', message = 'boom'}) end\nc8.production.orders.get{orderNo = 'none'}",
        "denied.lua": "require('c8.fs').read('/etc/hostname')",
        "syntax.lua": "local = 5",
        "writes.lua": "require('c8.fs').write(..., 'written')",
        "waits.lua": "require('c8.task').sleep(3600) print(require('c8.time').now())",
        "loops.lua": "while true do end",
        "produce.lua": """
        local number = ...
        print(require("c8.flow").run("order " .. number, function(f)
          f:step("create", function()
            return c8.production.orders.create{orderNo = number, productCode = f.input.product, quantity = 3}
          end, {settle = 0, verify = function()
            local ok, order = pcall(c8.production.orders.get, {orderNo = number})
            return ok and order or nil
          end})
          return f:step("get", function() return c8.production.orders.get{orderNo = number}.productCode end)
        end))
        """,
    ]

    static let passing = [
        """
        it("has arguments, modules, output and an exit status", function()
          local run = test.run("echo.lua", {args = {"a", 2}})
          expect(run.stdout).to_be("a+2\\ttrue\\temulator\\n")
          expect(run.stderr).to_be("aside\\ninfo: logged n=1\\n")
          expect(run.exit).to_be(7)
          expect(run.error).to_be_nil()
          expect(run.interrupted).to_be(false)
        end)
        """,
        """
        it("tells its error", function()
          local run = test.run("fails.lua")
          expect(run.exit).to_be(1)
          expect(run.error).to_match{kind = "api", code = 99001001, operation = "production.orders.get"}
          expect(run.error.traceback[1]).to_match("fails.lua:2")
          expect(test.run("syntax.lua").error.kind).to_be("compile")
        end)
        """,
        """
        it("has no more than its test", function()
          expect(test.run("denied.lua").error.kind).to_be("denied")
          local path = test.temp_dir() .. "/x"
          expect(test.run("writes.lua", {args = {path}}).exit).to_be(0)
          expect(require("c8.fs").read(path)).to_be("written")
          expect(test.run("writes.lua", {args = {path}, grants = {}}).error.kind).to_be("denied")
          expect(test.run("writes.lua", {args = {path}, grants = {write = {path}}}).exit).to_be(0)
          for _, grants in ipairs{{read = {"/etc"}}, {write = true}, {net = {"10.0.0.1"}}, {env = true}, {token = true}} do
            expect(function() test.run("echo.lua", {grants = grants}) end).to_raise("can have what its test has")
          end
        end)
        """,
        """
        it("shares the test's platform, journal and time", function()
          local emulator = test.emulator()
          local first = test.run("produce.lua", {args = {"A-1"}, input = {product = "S-7"}})
          expect(first.stdout).to_be("S-7\\n")
          local calls = #emulator.calls()
          expect(test.run("produce.lua", {args = {"A-1"}, input = {product = "S-7"}})).to_equal(first)
          expect(emulator.calls()).to_have_length(calls)
          test.clock{now = 0, auto = true}
          expect(test.run("waits.lua").stdout).to_be("3600.0\\n")
        end)
        """,
        """
        it("goes on after a kill", function()
          local emulator = test.emulator()
          local options = {args = {"A-1"}, input = {product = "S-7"}, interrupt = {after = "create"}}
          local killed = test.run("produce.lua", options)
          expect(killed).to_match{interrupted = true, exit = 137, stdout = ""}
          expect(killed.error).to_be_nil()
          expect(emulator.ledger().production_orders).to_have_length(1)
          options.interrupt = nil
          expect(test.run("produce.lua", options)).to_match{interrupted = false, exit = 0, stdout = "S-7\\n"}
          expect(emulator.calls("production.orders.create")).to_have_length(1)
        end)
        """,
        """
        it("can be bounded in time", function()
          expect(test.run("loops.lua", {timeout = 0.05}).error.kind).to_be("timeLimit")
        end)
        """,
        """
        it("is found below the folders of the run alone", function()
          expect(function() test.run("../../../../../../etc/hostname") end).to_raise("test.run runs scripts below")
          expect(function() test.run("nothing.lua") end).to_raise("cannot find the script")
          expect(function() test.run("echo.lua", {arguments = {}}) end).to_raise("has no option \\"arguments\\"")
        end)
        """,
    ]

    @Test(arguments: passing.indices) func scriptsAreRunAsC8runWould(_ index: Int) async throws {
        let trial = try await Trial.run(Self.passing[index], files: Self.files)
        #expect(trial.result.hasPassed && !trial.result.tests.isEmpty, "\(trial.lines)")
    }
}
