import C8Emulator
import C8Platform
import Foundation
import PostgresServer
import Testing

/// Workers as real processes, which are killed, stopped and ended.
@Suite(.timeLimit(.minutes(3))) struct WorkerTests {
    private static let flow = """
        local c8 = require "c8"
        local flow = require "c8.flow"
        flow.run("orders", function(f)
          for n = 1, 4 do
            local no = "PO-" .. n
            local function find()
              for _, order in ipairs(c8.production.orders.list{}.records) do
                if order.orderNo == no then return true end
              end
            end
            f:step("create " .. n, function()
              c8.production.orders.create{orderNo = no, productCode = "S", quantity = 10}
              return true
            end, {verify = find, settle = 1})
          end
        end)
        print("whole")
        """

    /// How many orders were made.
    private static func created(_ emulator: Emulator) -> Int {
        emulator.requestLog.records.count { $0.operation == "production.orders.create" && $0.isPerformed }
    }

    private func submit(
        _ id: String, _ source: String, _ options: [String] = [], _ surroundings: Surroundings,
        _ environment: [String: String]
    ) async throws {
        let file = try surroundings.folder.file("\(id).lua", source)
        let run = try await CommandRun.c8run(["submit", "--id", id] + options + [file], environment: environment)
        #expect(run.status == 0 && run.output == "\(id)\n", "\(run.errors)")
    }

    private func state(_ id: String, _ environment: [String: String]) async throws -> JSONValue {
        let run = try await CommandRun.c8run("queue", "show", "--json", id, environment: environment)
        #expect(run.status == 0, "\(run.errors)")
        return try JSONParser.parse(Array(run.output.utf8))
    }

    private func drain(_ environment: [String: String]) async throws -> CommandRun {
        let run = try await CommandRun.c8run("worker", "--until-empty", environment: environment)
        #expect(run.status == 0, "\(run.errors)")
        return run
    }

    /// Starts a worker, and does something to it once so many orders were made.
    private func worker(
        _ surroundings: Surroundings, _ environment: [String: String], after count: Int,
        _ body: @escaping @Sendable (pid_t) async throws -> Void
    ) async throws -> CommandRun {
        try await CommandRun.c8run(["worker"], environment: environment) { process in
            for _ in 0..<3000 where process.isRunning && Self.created(surroundings.emulator) < count {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(Self.created(surroundings.emulator) >= count)
            try await body(process.processIdentifier)
        }
    }

    private static var slow: EmulatorConfiguration {
        get throws {
            EmulatorConfiguration(
                tokenInterval: 0, faults: [try Fault(parsing: "delay:0.3,on=production.orders.create")])
        }
    }

    @Test func anotherWorkerFinishesTheFlowOfAKilledOneAndWritesNothingTwice() async throws {
        try await Surroundings.with(try Self.slow) { surroundings in
            let environment = surroundings.environment
            try await submit("job", Self.flow, [], surroundings, environment)
            let run = try await worker(surroundings, environment, after: 2) { kill($0, SIGKILL) }
            #expect(run.status == SIGKILL)
            _ = try await drain(environment)
            let job = try await state("job", environment)
            #expect(job["state"] == "done" && job["attempts"] == 2, "\(job)")
            #expect(Self.created(surroundings.emulator) == 4)
        }
    }

    @Test(
        .enabled(if: PostgresServer.isPossible, Comment(rawValue: PostgresServer.hint)), arguments: [SIGKILL, SIGSTOP])
    func anotherMachinesWorkerGoesOnOnceTheLeaseHasEnded(signal: Int32) async throws {
        let server = try PostgresServer.shared()
        let database = try await server.makeDatabase()
        try await Surroundings.with(try Self.slow) { surroundings in
            let environment = surroundings.environment.merging(["C8_STATE": server.url(database)]) { $1 }
            try await submit("job", Self.flow, [], surroundings, environment)
            let run = try await worker(surroundings, environment, after: 2) { process in
                kill(process, signal)
                for _ in 0..<60 {
                    _ = try await drain(environment)
                    if try await state("job", environment)["state"] == "done" { break }
                    try await Task.sleep(for: .seconds(1))
                }
                // One that was stopped wakes, finds that the job is not its own any more, and ends when it is told to.
                kill(process, SIGCONT)
                try await Task.sleep(for: .seconds(2))
                kill(process, SIGTERM)
            }
            #expect(run.status == (signal == SIGKILL ? SIGKILL : 0), "\(run.errors)")
            let job = try await state("job", environment)
            #expect(job["state"] == "done" && job["attempts"] == 2, "\(job)")
            #expect(Self.created(surroundings.emulator) == 4)
            if signal == SIGSTOP { #expect(run.errors.contains("somebody else has the job"), "\(run.errors)") }
        }
    }

    /// Also once a token is at hand, so that the write leaves without waiting for anything.
    @Test(arguments: ["", "c8.production.orders.list{} "])
    func jobThatWroteOutsideOfAFlowIsNotRunAgainByItself(before: String) async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let environment = surroundings.environment
            let source = """
                local c8 = require "c8"
                \(before)c8.production.orders.create{orderNo = "PO", productCode = "S", quantity = 10}
                while true do end
                """
            try await submit("job", source, [], surroundings, environment)
            let run = try await worker(surroundings, environment, after: 1) { kill($0, SIGKILL) }
            #expect(run.status == SIGKILL)
            _ = try await drain(environment)
            let job = try await state("job", environment)
            #expect(job["state"] == "dead" && job["may_have_written"] == true, "\(job)")
            #expect(Self.created(surroundings.emulator) == 1)
        }
    }

    /// An operator's lists are no place for secrets.
    @Test func tokenThatAScriptShowsIsNotKeptWithItsJob() async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let environment = surroundings.environment
            let source = """
                local token = require("c8.token").reveal()
                print("printed " .. token)
                io.stderr:write("logged " .. token)
                if ... then error("raised " .. token) end
                return {kept = token}
                """
            let file = try surroundings.folder.file("job.lua", source)
            for arguments in [[], ["fail"]] {
                let run = try await CommandRun.c8run(
                    ["submit", "--allow-token", file] + arguments, environment: environment)
                #expect(run.status == 0, "\(run.errors)")
            }
            let run = try await CommandRun.c8run(
                ["worker", "--until-empty", "--allow-token"], environment: environment)
            let token = try await CommandRun.c8run(
                ["--allow-token", "-e", "io.write(require('c8.token').reveal())"], environment: environment
            ).output
            #expect(token.count > 20, "\(token)")
            var texts = run.output + run.errors
            for job in try await CommandRun.c8run("queue", "list", environment: environment).output.split(
                separator: "\n"
            )
            .dropFirst() {
                let id = job.prefix { $0 != " " }
                let shown = try await CommandRun.c8run("queue", "show", String(id), environment: environment).output
                #expect(shown.contains("printed") && shown.contains("logged"), "\(shown)")
                texts += shown
            }
            #expect(texts.contains("raised"))
            #expect(!texts.contains(token))
        }
    }

    @Test func workerThatIsToldToEndLetsItsJobEnd() async throws {
        try await Surroundings.with(try Self.slow) { surroundings in
            let environment = surroundings.environment
            try await submit("job", Self.flow, [], surroundings, environment)
            let run = try await worker(surroundings, environment, after: 1) { kill($0, SIGTERM) }
            #expect(run.status == 0, "\(run.errors)")
            let job = try await state("job", environment)
            #expect(job["state"] == "done" && job["attempts"] == 1, "\(job)")
        }
    }

    /// Behind the kernel's wall: a job's files, its module, and what the worker was not granted.
    @Test func jobsRunBehindTheWorkersWall() async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let environment = surroundings.environment
            let open = try surroundings.folder.file("in/open.txt", "open")
            let shut = try surroundings.folder.file("out/shut.txt", "shut")
            _ = try surroundings.folder.file("lib.lua", "return {read = require('c8.fs').read}")
            let source = "return require('lib').read(...)"
            let file = try surroundings.folder.file("job.lua", source)
            for (id, path) in [("open", open), ("shut", shut)] {
                let run = try await CommandRun.c8run(
                    "submit", "--id", id, "-A", file, path, environment: environment)
                #expect(run.status == 0, "\(run.errors)")
            }
            let folder = Paths.parent(of: open)
            let run = try await CommandRun.c8run(
                "worker", "--until-empty", "--allow-read=\(folder)", environment: environment)
            #expect(run.status == 0, "\(run.errors)")
            let result = try await state("open", environment)
            #expect(result["result"] == "open", "\(result)")
            let refused = try await state("shut", environment)
            #expect(refused["state"] == "failed" && refused["exit_code"] == 77, "\(refused)")
        }
    }
}

private enum Paths {
    static func parent(of path: String) -> String { URL(fileURLWithPath: path).deletingLastPathComponent().path }
}
