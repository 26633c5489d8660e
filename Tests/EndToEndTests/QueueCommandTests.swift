import C8Emulator
import C8Platform
import Foundation
import PostgresServer
import Testing

/// Scripts that are submitted, run by workers and looked at, over the real binary and both kinds of state.
@Suite(.timeLimit(.minutes(4))) struct QueueCommandTests {
    enum Store: Sendable, CaseIterable {
        case folder, database

        static let possible = allCases.filter { $0 == .folder || PostgresServer.isPossible }
    }

    private func with(
        _ store: Store, _ body: @Sendable (Surroundings, [String: String]) async throws -> Void
    ) async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            var environment = surroundings.environment
            if store == .database {
                let server = try PostgresServer.shared()
                environment["C8_STATE"] = server.url(try await server.makeDatabase())
            }
            try await body(surroundings, environment)
        }
    }

    private func show(_ id: String, _ environment: [String: String]) async throws -> JSONValue {
        let run = try await CommandRun.c8run("queue", "show", "--json", id, environment: environment)
        #expect(run.status == 0, "\(run.errors)")
        return try JSONParser.parse(Array(run.output.utf8))
    }

    @Test(arguments: Store.possible)
    func aJobIsRunWithAllThatWasSubmitted(_ store: Store) async throws {
        try await with(store) { surroundings, environment in
            _ = try surroundings.folder.file("lib/sums.lua", "return {add = function(a, b) return a + b end}")
            let script = try surroundings.folder.file(
                "main.lua",
                """
                local flow, log, sums = require "c8.flow", require "c8.log", require "lib.sums"
                log.info("begun")
                print("sum", sums.add(...))
                return flow.run("the flow", function(f) return {order = f.input.order} end)
                """)
            let submit = try await CommandRun.c8run(
                "submit", "--id", "作业 1", "--input", #"{"order": "PO-1"}"#, script, "2", "3", environment: environment)
            #expect(submit.output == "作业 1\n" && submit.status == 0, "\(submit.errors)")
            // What is done to the files meanwhile does not matter.
            _ = try surroundings.folder.file("lib/sums.lua", "error 'changed'")
            let worker = try await CommandRun.c8run("worker", "--until-empty", environment: environment)
            #expect(worker.status == 0, "\(worker.errors)")
            let job = try await show("作业 1", environment)
            #expect(job["state"] == "done" && job["exit_code"] == 0, "\(job)")
            #expect(job["result"]?["order"] == "PO-1", "\(job)")
            #expect(job["history"]?[0]?["output"] == "sum\t5\n", "\(job)")
            #expect(job["history"]?[0]?["log"]?.stringValue?.contains("begun") == true, "\(job)")
        }
    }

    @Test(arguments: Store.possible)
    func anIdRunsOnce(_ store: Store) async throws {
        try await with(store) { _, environment in
            let submit = ["submit", "--id", "once", "-e", "print(1)"]
            for round in 0..<2 {
                let run = try await CommandRun.c8run(submit, environment: environment)
                #expect(run.status == 0 && run.output == "once\n", "\(run.errors)")
                #expect(run.errors.contains("already (waiting)") == (round == 1), "\(run.errors)")
            }
            let other = try await CommandRun.c8run(submit + ["more"], environment: environment)
            #expect(other.status == 65 && other.errors.contains("c8run queue show"), "\(other.errors)")
            let chinese = try await CommandRun.c8run(["--lang", "zh"] + submit, environment: environment)
            #expect(chinese.errors.contains("已在队列中"), "\(chinese.errors)")
            let list = try await CommandRun.c8run("queue", "list", "--json", environment: environment)
            #expect(try JSONParser.parse(Array(list.output.utf8)).arrayValue?.count == 1, "\(list.output)")
        }
    }

    @Test(arguments: Store.possible)
    func whatFailsIsADeadLetterThatCanBePutBack(_ store: Store) async throws {
        try await with(store) { _, environment in
            try await CommandRun.c8run("submit", "--id", "bad", "-e", "error('no stock')", environment: environment)
            try await CommandRun.c8run("worker", "--until-empty", environment: environment)
            let dead = try await CommandRun.c8run("queue", "list", "--dead", environment: environment)
            #expect(dead.output.contains("failed") && dead.output.contains("no stock"), "\(dead.output)")
            let shown = try await CommandRun.c8run("queue", "show", "bad", environment: environment)
            #expect(shown.output.contains("c8run queue retry bad"), "\(shown.output)")
            let retry = try await CommandRun.c8run("queue", "retry", "bad", environment: environment)
            #expect(retry.status == 0, "\(retry.errors)")
            let cancel = try await CommandRun.c8run("queue", "cancel", "bad", environment: environment)
            #expect(cancel.output == "cancelled\n", "\(cancel.errors)")
            let again = try await CommandRun.c8run("queue", "cancel", "bad", environment: environment)
            #expect(again.status == 64 && again.errors.contains("is cancelled"), "\(again.errors)")
            let prune = try await CommandRun.c8run("queue", "prune", "--before", "0s", environment: environment)
            #expect(prune.output == "1 jobs removed\n", "\(prune.output)\(prune.errors)")
            let gone = try await CommandRun.c8run("queue", "show", "bad", environment: environment)
            #expect(gone.status == 64 && gone.errors.contains("c8run queue list"), "\(gone.errors)")
        }
    }

    @Test(arguments: Store.possible)
    func aJobMayDoWhatItsWorkerAllows(_ store: Store) async throws {
        try await with(store) { surroundings, environment in
            let file = try surroundings.folder.file("inbox/list.txt", "42")
            let folder = surroundings.folder.url.appendingPathComponent("inbox").path
            let code = "print(require('c8.fs').read('\(file)'))"
            for (id, options) in [("all", ["-A"]), ("none", []), ("some", ["--allow-read=\(folder)"])] {
                let run = try await CommandRun.c8run(
                    ["submit", "--id", id] + options + ["-e", code], environment: environment)
                #expect(run.status == 0, "\(run.errors)")
            }
            let worker = try await CommandRun.c8run(
                "worker", "--until-empty", "--allow-read=\(folder)", environment: environment)
            #expect(worker.status == 0, "\(worker.errors)")
            for (id, code) in [("all", 0), ("none", 77), ("some", 0)] as [(String, JSONValue)] {
                #expect(try await show(id, environment)["exit_code"] == code, "\(id)")
            }
            try await CommandRun.c8run("submit", "--id", "more", "-A", "-e", code, environment: environment)
            try await CommandRun.c8run("worker", "--until-empty", environment: environment)
            let job = try await show("more", environment)
            #expect(job["state"] == "failed" && job["exit_code"] == 77, "\(job)")
        }
    }

    @Test func aKilledWorkersFlowIsFinishedByAnother() async throws {
        try await with(.folder) { surroundings, environment in
            let script = try surroundings.folder.file(
                "orders.lua",
                """
                local flow, task = require "c8.flow", require "c8.task"
                flow.run("orders", function(f)
                  for i = 1, 3 do
                    f:step("create " .. i, function()
                      return c8.production.orders.create{orderNo = "PO-" .. i, productCode = "S", quantity = 5}
                    end, {verify = function()
                      local ok, found = pcall(c8.production.orders.get, {orderNo = "PO-" .. i})
                      return ok and found or nil
                    end})
                    task.sleep(0.3)
                  end
                end)
                """)
            try await CommandRun.c8run("token", "refresh", environment: environment)
            try await CommandRun.c8run("submit", "--id", "orders", script, environment: environment)
            let performed: @Sendable () -> Int = {
                surroundings.emulator.requestLog.records.count {
                    $0.operation == "production.orders.create" && $0.isPerformed
                }
            }
            _ = try await CommandRun.c8run("worker", environment: environment) { process in
                let end = ContinuousClock.now + .seconds(60)
                while performed() == 0, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
                kill(process.processIdentifier, SIGKILL)
            }
            let worker = try await CommandRun.c8run("worker", "--until-empty", environment: environment)
            #expect(worker.status == 0, "\(worker.errors)")
            let job = try await show("orders", environment)
            #expect(job["state"] == "done" && job["attempts"] == 2, "\(job)")
            #expect(performed() == 3)
        }
    }

    @Test(arguments: Store.possible)
    func schedulesAreListedAndEnded(_ store: Store) async throws {
        try await with(store) { _, environment in
            let submit = [
                "submit", "--id", "nightly", "--cron", "30 2 * * *", "--zone", "Asia/Shanghai", "-e", "print(1)",
            ]
            for _ in 0..<2 {
                let run = try await CommandRun.c8run(submit, environment: environment)
                #expect(run.output == "nightly\n", "\(run.errors)")
            }
            let list = try await CommandRun.c8run("queue", "schedules", environment: environment)
            #expect(list.output.contains("Asia/Shanghai") && list.output.contains("T18:30:00Z"), "\(list.output)")
            let cancel = try await CommandRun.c8run("queue", "cancel", "nightly", environment: environment)
            #expect(cancel.output == "the schedule has ended\n", "\(cancel.errors)")
            let none = try await CommandRun.c8run("queue", "schedules", environment: environment)
            #expect(none.output == "no schedules\n", "\(none.output)")
            for (options, words) in [
                (["--cron", "61 * * * *"], "minute"), (["--cron", "@daily", "--zone", "Mars"], "Mars"),
                (["--cron", "0 0 30 2 *"], "never"), (["--zone", "UTC"], "--cron"),
            ] {
                let run = try await CommandRun.c8run(["submit"] + options + ["-e", "x=1"], environment: environment)
                #expect(run.status == 64 && run.errors.contains(words), "\(run.errors)")
            }
        }
    }
}
