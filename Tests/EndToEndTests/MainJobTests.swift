import C8Emulator
import Testing

@Suite struct MainJobTests {
    @Test func exampleRunsOnTheBuiltInEmulator() async throws {
        let run = try await CommandRun.c8run("run", "--emulator", "examples/production_to_logistics.lua", "450")
        #expect(run.status == 0, "\(run.errors)")
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].contains(/production order PO-[0-9a-f]{8} created, id [0-9]{19}/))
        #expect(lines[1] == "450 of 450 codes uploaded")
        #expect(lines[2].contains(/logistics order LO-[0-9a-f]{8} completed with 450 codes/))
        #expect(lines[3] == "completing it again is refused: api, code 99002003, outcome rejected")
    }

    @Test func secondRunFetchesNoToken() async throws {
        try await Surroundings.with { surroundings in
            for _ in 0..<3 {
                let run = try await CommandRun.c8run(
                    "-e", "print(c8.production.orders.list{}.total)", environment: surroundings.environment)
                #expect(run.status == 0, "\(run.errors)")
                #expect(run.output == "0\n")
            }
            #expect(surroundings.emulator.requestLog.getTokenCount == 1)
        }
    }

    @Test func eightProcessesAtOnceFetchOneToken() async throws {
        try await Surroundings.with { surroundings in
            let environment = surroundings.environment
            let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await CommandRun.c8run("-e", "c8.production.orders.list{}", environment: environment).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 0, count: 8))
            #expect(surroundings.emulator.requestLog.getTokenCount == 1)
        }
    }

    @Test(arguments: [false, true])
    func refusedTokenIsReplacedAndTheCallMadeAgain(byMetaStatus: Bool) async throws {
        let configuration = EmulatorConfiguration(tokenInterval: 0, refusesTokensByMetaStatus: byMetaStatus)
        try await Surroundings.with(configuration) { surroundings in
            var environment = surroundings.environment
            environment["C8_TOKEN_INTERVAL"] = "0"
            let first = try await CommandRun.c8run("-e", "c8.production.orders.list{}", environment: environment)
            #expect(first.status == 0, "\(first.errors)")
            surroundings.emulator.expireAllTokens()
            let second = try await CommandRun.c8run(
                "-e", "print(c8.production.orders.list{}.total)", environment: environment)
            #expect(second.output == "0\n", "\(second.errors)")
            #expect(surroundings.emulator.requestLog.getTokenCount == 2)
        }
    }

    @Test func concurrentWorkFromOneScriptGoesThroughOrdinaryLua() async throws {
        let source = """
            local made = {}
            for order in coroutine.wrap(function()
              for i = 1, 3 do
                coroutine.yield(c8.production.orders.create{orderNo = "A-" .. i, productCode = "S", quantity = i})
              end
            end) do made[#made + 1] = order.orderNo end
            table.sort(made, function(a, b)
              return c8.production.orders.get{orderNo = a}.quantity > c8.production.orders.get{orderNo = b}.quantity
            end)
            local lazy = setmetatable({}, {__index = function(_, no) return c8.production.orders.get{orderNo = no} end})
            print(table.concat(made, " "), lazy["A-2"].quantity, (string.gsub("A-1 A-3", "%S+", function(no)
              return tostring(c8.production.orders.get{orderNo = no}.quantity)
            end)))
            local count = 0
            for order in c8.pages("production.orders.list", {pageSize = 2}) do count = count + order.quantity end
            print(count)
            """
        let run = try await CommandRun.c8run("run", "--emulator", "-e", source)
        #expect(run.output == "A-3 A-2 A-1\t2\t1 3\n6\n", "\(run.errors)")
    }

    @Test func secretsAppearInNoOutput() async throws {
        try await Surroundings.with { surroundings in
            let run = try await CommandRun.c8run(
                "run", "--log-level", "trace", "-e",
                "c8.production.orders.list{} print(pcall(c8.production.orders.get, {orderNo = 'missing'})) error('end')",
                environment: surroundings.environment)
            #expect(run.status == 1)
            let everything = run.output + run.errors
            #expect(!everything.contains(surroundings.emulator.secretKey))
            #expect(!everything.contains(surroundings.emulator.secretKeySign))
            #expect(!everything.contains("eyJ"))
        }
    }
}
