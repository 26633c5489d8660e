import C8Emulator
import C8Platform
import Foundation
import Testing

/// The examples over the real binary: what they print, and that nothing happens twice however often they are killed.
@Suite struct ExampleTests {
    private static let data = CommandRun.project.path + "/examples/data"
    private static let configuration = EmulatorConfiguration(tokenInterval: 0)

    private static let produced = """
        PO-0601: 120 of 120 codes, 0 rejected
        PO-0602: 80 of 80 codes, 0 rejected
        PO-0603: 48 of 50 codes, 1 rejected
        orders that are not complete: 1

        """
    private static let dispatched = """
        LO-0601 to D-2001: completed with 70 codes, 0 refused
        LO-0602 to D-2002: completed with 50 codes, 0 refused
        LO-0603 to D-2001: held with 30 codes, 1 refused

        """

    private typealias Watch = @Sendable (Process) async throws -> Void

    /// Runs an example that reads a table of `examples/data/production` and writes its reports below the surroundings.
    private func run(
        _ example: String, _ table: String, reports: String, in surroundings: Surroundings, whileRunning: Watch? = nil
    ) async throws -> CommandRun {
        let folder = surroundings.folder.url.appendingPathComponent(reports).path
        return try await CommandRun.c8run(
            [
                "--allow-read=\(Self.data)/production,\(folder)", "--allow-write=\(folder)", "examples/\(example)",
                "\(Self.data)/production/\(table)", folder,
            ],
            environment: surroundings.environment, whileRunning: whileRunning)
    }

    private func produce(in surroundings: Surroundings, whileRunning: Watch? = nil) async throws -> CommandRun {
        try await run(
            "daily_production.lua", "orders.csv", reports: "rejected", in: surroundings, whileRunning: whileRunning)
    }

    private func dispatch(in surroundings: Surroundings, whileRunning: Watch? = nil) async throws -> CommandRun {
        try await run(
            "logistics_dispatch.lua", "scans.csv", reports: "refused", in: surroundings, whileRunning: whileRunning)
    }

    private func performed(_ operation: OperationID, _ surroundings: Surroundings) -> Int {
        surroundings.emulator.requestLog.records.count { $0.operation == operation && $0.isPerformed }
    }

    /// What a line of Lua prints.
    private func ask(_ source: String, _ surroundings: Surroundings) async throws -> String {
        let run = try await CommandRun.c8run("-e", source, environment: surroundings.environment)
        #expect(run.status == 0, "\(run.errors)")
        return run.output
    }

    // MARK: - Daily production and dispatch

    @Test func productionAndDispatchDoTheirWorkOnce() async throws {
        try await Surroundings.with(Self.configuration) { surroundings in
            let made = try await produce(in: surroundings)
            #expect(made.status == 1, "an order is short of codes: \(made.errors)")
            #expect(made.output == Self.produced, "\(made.errors)")
            let report = try surroundings.folder.read("rejected/PO-0603.csv")
            #expect(report.hasPrefix("line,value,code,message\n"))
            #expect(report.contains("\n21,SCANNER ERROR,,"))
            let sent = try await dispatch(in: surroundings)
            #expect(sent.status == 0, "\(sent.errors)")
            #expect(sent.output == Self.dispatched, "\(sent.errors)")

            let total = surroundings.emulator.requestLog.total
            let madeAgain = try await produce(in: surroundings)
            let sentAgain = try await dispatch(in: surroundings)
            #expect(madeAgain.output == Self.produced)
            #expect(sentAgain.output == Self.dispatched)
            #expect(surroundings.emulator.requestLog.total == total)
        }
    }

    @Test(arguments: 1...6)
    func killedTheyGoOnWhereTheyWere(moment: Int) async throws {
        try await Surroundings.with(Self.configuration) { surroundings in
            // Whoever is killed while it fetches the token has the slot for a while, which is for other tests.
            try await CommandRun.c8run("token", "refresh", environment: surroundings.environment)
            for attempt in 0..<3 {
                _ = try await produce(in: surroundings) { process in
                    try await Task.sleep(for: .milliseconds(20 + moment * 31 + attempt * 17))
                    kill(process.processIdentifier, SIGKILL)
                }
            }
            let made = try await produce(in: surroundings)
            #expect(made.output == Self.produced, "\(made.errors)")
            #expect(performed("production.orders.create", surroundings) == 3)

            for attempt in 0..<3 {
                _ = try await dispatch(in: surroundings) { process in
                    try await Task.sleep(for: .milliseconds(20 + moment * 23 + attempt * 17))
                    kill(process.processIdentifier, SIGKILL)
                }
            }
            let sent = try await dispatch(in: surroundings)
            #expect(sent.output == Self.dispatched, "\(sent.errors)")
            #expect(performed("logistics.orders.create", surroundings) == 3)
            #expect(performed("logistics.orders.complete", surroundings) == 2)
            #expect(try await ask("print(c8.production.orders.stats{}.uploaded)", surroundings) == "248\n")
        }
    }

    @Test(arguments: ["production.orders.create", "logistics.orders.create", "logistics.orders.complete"])
    func aLostAnswerIsLookedUp(operation: String) async throws {
        let fault = try Fault(parsing: "cut-after,on=\(operation),times=1")
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0, faults: [fault])) { surroundings in
            let made = try await produce(in: surroundings)
            #expect(made.output == Self.produced, "\(made.errors)")
            let sent = try await dispatch(in: surroundings)
            #expect(sent.output == Self.dispatched, "\(sent.errors)")
            #expect(performed(OperationID(operation), surroundings) == (operation.hasSuffix("complete") ? 2 : 3))
        }
    }

    @Test func productionRunsOnTheBuiltInEmulator() async throws {
        let folder = try Folder()
        let reports = folder.url.appendingPathComponent("rejected").path
        let run = try await CommandRun.c8run(
            "--emulator", "--allow-read=\(Self.data)/production,\(reports)", "--allow-write=\(reports)",
            "examples/daily_production.lua", "\(Self.data)/production/orders.csv", reports)
        #expect(run.output == Self.produced, "\(run.errors)")
    }

    // MARK: - The others

    @Test func theReportHasAllOrdersAndMarksDifferences() async throws {
        try await Surroundings.with(Self.configuration) { surroundings in
            _ = try await produce(in: surroundings)
            let path = surroundings.folder.url.appendingPathComponent("report.csv").path
            func report(_ status: String...) async throws -> CommandRun {
                try await CommandRun.c8run(
                    ["--allow-write=\(path)", "examples/reconciliation_report.lua", path] + status,
                    environment: surroundings.environment)
            }
            let all = try await report()
            #expect(all.output == "3 orders, 1 of them with 2 codes missing\n", "\(all.errors)")
            #expect(all.status == 1)
            let lines = try surroundings.folder.read("report.csv").split(separator: "\r\n")
            #expect(lines.count == 4)
            #expect(lines[0].hasSuffix("orderNo,productCode,status,quantity,uploaded,missing,mark,createTime"))
            #expect(lines[1].hasPrefix("PO-0601,SKU-1001,completed,120,120,0,,"))
            #expect(lines[3].hasPrefix("PO-0603,SKU-1001,producing,50,48,2,<<<,"))
            let complete = try await report("completed")
            #expect(complete.output == "2 orders, 0 of them with 0 codes missing\n")
            #expect(complete.status == 0)
        }
    }

    @Test func dealersThatAreThereAndTheSameAreLeftAlone() async throws {
        try await Surroundings.with(Self.configuration) { surroundings in
            func sync(_ folder: String) async throws -> String {
                let run = try await CommandRun.c8run(
                    "--allow-read=\(folder)", "examples/dealer_sync.lua", folder, environment: surroundings.environment)
                #expect(run.status == 0, "\(run.errors)")
                return run.output
            }
            let export = Self.data + "/dealers"
            #expect(try await sync(export) == "dealers: 6 created, 0 updated, 0 unchanged; stores: 4 sent\n")
            #expect(try await sync(export) == "dealers: 0 created, 0 updated, 6 unchanged; stores: 4 sent\n")
            let names = "print(c8.dealers.find_by_codes{dealerCodes = {'D-2006'}}.records[1].principal)"
            #expect(try await ask(names, surroundings) == "黃喆\n")

            let changed = surroundings.folder.url.appendingPathComponent("changed").path
            _ = try surroundings.folder.file(
                "changed/dealers.csv",
                "经销商编号,名称,区域,负责人\nD-2001,杭州西湖商行,华东,张三\nD-2002,上海浦东贸易有限公司,华东,王芳\nD-3001,新,东,人\n")
            _ = try surroundings.folder.file("changed/stores.csv", "门店编号,名称,经销商编号,店长\n")
            #expect(try await sync(changed) == "dealers: 1 created, 1 updated, 1 unchanged; stores: 0 sent\n")
        }
    }

    @Test func eachFileOfTheFolderIsUploadedOnce() async throws {
        try await Surroundings.with(Self.configuration) { surroundings in
            let inbox = surroundings.folder.url.appendingPathComponent("inbox").path
            @Sendable func watch() async throws -> CommandRun {
                try await CommandRun.c8run(
                    "--allow-read=\(inbox)", "--allow-write=\(inbox)", "examples/watch_folder.lua", inbox,
                    environment: surroundings.environment)
            }
            func put(_ order: String, _ codes: Range<Int>) throws {
                let start = order.replacing("-", with: "")
                let lines = codes.map { start + String(repeating: "0", count: 29 - "\($0)".count) + "\($0)\n" }
                _ = try surroundings.folder.file("inbox/\(order).txt", lines.joined())
            }
            let make = "c8.production.orders.create{orderNo = %s, productCode = 'S', quantity = 500}"
            for order in ["IN-1", "IN-2"] {
                _ = try await ask(make.replacing("%s", with: "'\(order)'"), surroundings)
                try put(order, 0..<90)
            }
            // Its order is not there yet.
            try put("IN-3", 0..<10)
            let first = try await watch()
            #expect(first.status == 1)
            #expect(first.output == "IN-1.txt: uploaded, 0 rejected\nIN-2.txt: uploaded, 0 rejected\n")
            #expect(first.errors.contains("IN-3"), "\(first.errors)")

            // What was there before is moved, what is new is uploaded, and what failed is tried again.
            _ = try await ask(make.replacing("%s", with: "'IN-3'"), surroundings)
            try put("IN-1", 0..<90)
            try put("IN-2", 90..<100)
            let calls = surroundings.emulator.requestLog.calls["production.offline.upload_codes"] ?? 0
            async let one = watch()
            async let other = watch()
            for run in try await [one, other] { #expect(run.status == 0, "\(run.errors)") }
            #expect(surroundings.emulator.requestLog.calls["production.offline.upload_codes"] == calls + 2)
            #expect(try await ask("print(c8.production.orders.stats{}.uploaded)", surroundings) == "200\n")
            let left = try FileManager.default.contentsOfDirectory(atPath: inbox)
            #expect(left == ["done"])
        }
    }
}
