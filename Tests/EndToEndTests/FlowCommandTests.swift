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
            #expect(try await c8run("flow", "show", "one").output.contains("production.orders.create"))
            #expect(try await c8run("flow", "resolve", "one", "create").status == 64)
            #expect(try await c8run("flow", "resolve", "one", "other", "--retry").status == 64)
            #expect(try await c8run("flow", "resolve", "one", "create", "--done", "{").status == 64)
            #expect(try await c8run("flow", "resolve", "one", "create", "--done", #"{"orderNo": "PO"}"#).status == 0)
            let goesOn = try await c8run("--input", #"{ "quantity":5 }"#, script)
            #expect(goesOn.output == "PO\n", "\(goesOn.errors)")
            #expect(Self.performed(surroundings.emulator) == 1)
            #expect(try await c8run("flow", "prune", "--days", "1").output == "0 flows removed\n")
            #expect(try await c8run("flow", "forget", "one").status == 0)
            #expect(try await c8run("flow", "show", "one").status == 64)
            #expect(try await c8run("flow", "list").output == "no flows\n")
        }
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
