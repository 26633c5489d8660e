import C8Emulator
import C8Platform
import Foundation
import Testing

/// Durable flows over the real binary: killed, raced, in doubt, settled.
@Suite struct FlowCommandTests {
    /// Three orders in three steps, each looked up before it is made again.
    private static let orders = """
        local flow = require "c8.flow"
        local function order(f, number)
          return f:step("create " .. number, function()
            return c8.production.orders.create{orderNo = number, productCode = "S", quantity = 5}
          end, {verify = function()
            local ok, found = pcall(c8.production.orders.get, {orderNo = number})
            return ok and found or nil
          end})
        end
        print(flow.run("orders", function(f)
          for i = 1, 3 do order(f, "PO-" .. i) end
          return "all made"
        end))
        """

    private static func performed(_ emulator: Emulator) -> Int {
        emulator.requestLog.records.count { $0.operation == "production.orders.create" && $0.isPerformed }
    }

    @Test(arguments: 1...6)
    func aKilledScriptGoesOnWhereItWas(moment: Int) async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let script = try surroundings.folder.file("orders.lua", Self.orders)
            // Whoever is killed while it fetches the token has the slot for ten seconds, which is for other tests.
            try await CommandRun.c8run("token", "refresh", environment: surroundings.environment)
            for attempt in 0..<3 {
                _ = try await CommandRun.c8run(script, environment: surroundings.environment) { process in
                    try await Task.sleep(for: .milliseconds(moment * 17 + attempt * 29))
                    kill(process.processIdentifier, SIGKILL)
                }
            }
            let run = try await CommandRun.c8run(script, environment: surroundings.environment)
            #expect(run.output == "all made\n", "\(run.errors)")
            #expect(Self.performed(surroundings.emulator) == 3)
        }
    }

    @Test func ofManyWhoRunOneFlowEachGetsItsResult() async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let script = try surroundings.folder.file("orders.lua", Self.orders)
            let runs = try await withThrowingTaskGroup(of: CommandRun.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await CommandRun.c8run(script, environment: surroundings.environment) }
                }
                return try await group.reduce(into: [CommandRun]()) { $0.append($1) }
            }
            for run in runs { #expect(run.output == "all made\n", "\(run.errors)") }
            #expect(Self.performed(surroundings.emulator) == 3)
        }
    }

    @Test func theOperatorSettlesAStepInDoubt() async throws {
        let fault = try Fault(parsing: "cut-after,on=production.orders.create,times=1")
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0, faults: [fault])) { surroundings in
            let script = try surroundings.folder.file(
                "one.lua",
                """
                print(require("c8.flow").run("one", function(f)
                  return f:step("create", function()
                    return c8.production.orders.create{orderNo = "PO", productCode = "S", quantity = f.input.quantity}
                  end).orderNo
                end))
                """)
            func c8run(_ arguments: String...) async throws -> CommandRun {
                try await CommandRun.c8run(arguments, environment: surroundings.environment)
            }
            let stopped = try await c8run("--input", #"{"quantity": 5}"#, script)
            #expect(stopped.status == 75)
            #expect(stopped.errors.contains("c8run flow resolve one create --done JSON"))
            let list = try await c8run("flow", "list", "--json")
            let flows = try #require(try JSONParser.parse(Array(list.output.utf8)).arrayValue)
            #expect(flows.count == 1)
            #expect(flows[0]["open"] == .integer(1))
            #expect(try await c8run("flow", "list").output.contains("in doubt"))
            #expect(try await c8run("flow", "list").output.firstMatch(of: /\d{2}:\d{2}:\d{2}Z/) != nil)
            #expect(try await c8run("flow", "show", "one").output.contains("production.orders.create"))
            #expect(try await c8run("flow", "resolve", "one", "create").status == 64)
            #expect(try await c8run("flow", "resolve", "one", "other", "--retry").status == 64)
            #expect(try await c8run("flow", "resolve", "one", "create", "--done", "{").status == 64)
            #expect(try await c8run("flow", "resolve", "one", "create", "--done", #"{"orderNo": "PO"}"#).status == 0)
            let back = try await c8run("flow", "resolve", "one", "create", "--retry")
            #expect(back.status == 0)
            #expect(back.output.hasPrefix("replaced: --done, said by "), "\(back.output)")
            let again = try await c8run("flow", "resolve", "one", "create", "--done", #"{"orderNo": "PO"}"#)
            #expect(again.output.hasPrefix("replaced: --retry, said by "), "\(again.output)")
            let goesOn = try await c8run("--input", #"{ "quantity":5 }"#, script)
            #expect(goesOn.output == "PO\n", "\(goesOn.errors)")
            #expect(Self.performed(surroundings.emulator) == 1)
            #expect(try await c8run("flow", "prune", "--days", "1").output == "0 flows removed\n")
            #expect(try await c8run("flow", "forget", "one").status == 0)
            #expect(try await c8run("flow", "show", "one").status == 64)
            #expect(try await c8run("flow", "list").output == "no flows\n")
        }
    }

    @Test func answeredCallsOfAStepAreShown() async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let script = try surroundings.folder.file(
                "one.lua",
                """
                require("c8.flow").run("one", function(f)
                  f:step("create", function()
                    c8.production.orders.create{orderNo = "PO", productCode = "S", quantity = 5}
                    error("then this")
                  end)
                end)
                """)
            let stopped = try await CommandRun.c8run(script, environment: surroundings.environment)
            #expect(stopped.status == 75)
            #expect(
                stopped.errors.contains("production.orders.create accepted (code 200, traceId "), "\(stopped.errors)")
            let shown = try await CommandRun.c8run("flow", "show", "one", environment: surroundings.environment).output
            #expect(shown.firstMatch(of: /create +production\.orders\.create +accepted +200 +\S+/) != nil, "\(shown)")
            let json = try await CommandRun.c8run(
                "flow", "show", "one", "--json", environment: surroundings.environment)
            let report = try JSONParser.parse(Array(json.output.utf8))
            #expect(report["steps"]?.arrayValue?.first?["calls"]?.arrayValue?.count == 1)
        }
    }

    @Test func aStateThatWasReplacedIsNamedWhereItsFlowsAreMissed() async throws {
        let folder = try Folder()
        let state = folder.url.appendingPathComponent("state").path
        let environment = ["C8_STATE": state]
        let source = "require('c8.flow').run('f', function(f) f:step('a', function() end) end)"
        #expect(try await CommandRun.c8run("-e", source, environment: environment).status == 0)
        try Data("this is no database, and long enough to be looked at".utf8).write(
            to: URL(fileURLWithPath: "\(state)/state.sqlite3"))
        for suffix in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: "\(state)/state.sqlite3\(suffix)")
        }
        for _ in 1...2 {
            let list = try await CommandRun.c8run("flow", "list", environment: environment)
            #expect(
                list.output.contains("earlier flows are in \(state)/state.sqlite3.damaged"),
                "\(list.output)\(list.errors)")
        }
    }

    @Test func numbersOfTheInputAreThoseOfTheJSONModule() async throws {
        let text = #"{"n": 18446744073709551616, "m": 9223372036854775807, "x": 0.1}"#
        let source = """
            local flow, json = require 'c8.flow', require 'c8.json'
            flow.run('f', function(f)
              for name, value in pairs(json.decode('\(text)')) do
                assert(f.input[name] == value and math.type(f.input[name]) == math.type(value), name)
              end
              print(math.type(f.input.n), f.input.m)
            end)
            """
        let run = try await CommandRun.c8run(
            "--input", text, "-e", source, environment: ["C8_STATE": try Folder().url.appendingPathComponent("s").path])
        #expect(run.output == "float\t9223372036854775807\n", "\(run.errors)")
    }

    @Test func flowsNeedNoPlatform() async throws {
        let folder = try Folder()
        let environment = ["C8_STATE": folder.url.appendingPathComponent("state").path]
        let source =
            "print(require('c8.flow').run('f', function(f) return f:step('a', function() print('runs') return 1 end) end))"
        let first = try await CommandRun.c8run("-e", source, environment: environment)
        #expect(first.output == "runs\n1\n", "\(first.errors)")
        #expect(try await CommandRun.c8run("-e", source, environment: environment).output == "1\n")
        // A dry run makes things up, which no later run may take for done.
        #expect(try await CommandRun.c8run("--dry-run", "-e", source, environment: environment).output == "runs\n1\n")
    }
}
