import C8Emulator
import C8Platform
import Foundation
import PostgresServer
import Testing

/// The real binary with its state in PostgreSQL: behind the kernel's wall, from several processes, and without the database.
@Suite(
    .enabled(if: PostgresServer.isPossible, Comment(rawValue: PostgresServer.hint)), .timeLimit(.minutes(3)))
struct PostgresStateTests {
    private static let call = "print(c8.production.orders.list{}.total)"

    private func with(
        _ configuration: EmulatorConfiguration,
        _ body: @Sendable (Surroundings, [String: String], PostgresServer, String) async throws -> Void
    ) async throws {
        let server = try PostgresServer.shared()
        let database = try await server.makeDatabase()
        try await Surroundings.with(configuration) { surroundings in
            let environment = surroundings.environment.merging(["C8_STATE": server.url(database)]) { $1 }
            try await body(surroundings, environment, server, database)
        }
    }

    @Test(arguments: [false, true])
    func processesShareOneToken(bySocket: Bool) async throws {
        try await with(EmulatorConfiguration(tokenInterval: 60)) { surroundings, environment, server, database in
            let url = bySocket ? server.socketURL(database) : server.url(database)
            let environment = environment.merging(["C8_STATE": url]) { $1 }
            let runs = try await withThrowingTaskGroup(of: CommandRun.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await CommandRun.c8run("-e", Self.call, environment: environment) }
                }
                return try await group.reduce(into: [CommandRun]()) { $0.append($1) }
            }
            for run in runs { #expect(run.status == 0, "\(run.errors)") }
            let print = try await CommandRun.c8run("token", "print", environment: environment)
            #expect(print.status == 0, "\(print.errors)")
            #expect(surroundings.emulator.requestLog.getTokenCount == 1)
            let status = try await CommandRun.c8run("state", "status", environment: environment)
            for words in ["PostgreSQL at ", "applications"] {
                #expect(status.output.contains(words), "\(status.output)\(status.errors)")
            }
            #expect(!status.output.contains("p@ss") && !status.output.contains("p%40ss"))
            let doctor = try await CommandRun.c8run("doctor", environment: environment)
            #expect(doctor.output.contains("ok    state: PostgreSQL at "), "\(doctor.output)")
        }
    }

    @Test func flowsAreFinishedByWhoeverComesNext() async throws {
        try await with(EmulatorConfiguration(tokenInterval: 0)) { surroundings, environment, _, _ in
            let script = try surroundings.folder.file(
                "flow.lua",
                """
                local flow = require "c8.flow"
                local fails = ...
                print(flow.run("orders", function(f)
                  local one = f:step("one", function() return 1 end)
                  if fails then error("no stock") end
                  return one + f:step("two", function() return 2 end)
                end))
                """)
            let failed = try await CommandRun.c8run(script, "fails", environment: environment)
            #expect(failed.status == 1 && failed.errors.contains("no stock"), "\(failed.errors)")
            let list = try await CommandRun.c8run("flow", "list", environment: environment)
            #expect(list.output.contains("orders") && list.output.contains("failed"), "\(list.output)\(list.errors)")
            let run = try await CommandRun.c8run(script, environment: environment)
            #expect(run.output == "3\n", "\(run.errors)")
            let show = try await CommandRun.c8run("flow", "show", "orders", "--json", environment: environment)
            #expect(try JSONParser.parse(Array(show.output.utf8))["state"] == "finished", "\(show.output)")
        }
    }

    @Test func aFlowThatRunsShowsItsOwnerAndItsLease() async throws {
        try await with(EmulatorConfiguration(tokenInterval: 0)) { surroundings, environment, _, _ in
            let script = try surroundings.folder.file(
                "flow.lua",
                """
                local flow, task = require "c8.flow", require "c8.task"
                flow.run("long", function(f) f:step("one", function() print("begun") task.sleep(60) end) end)
                """)
            _ = try await CommandRun.c8run(script, environment: environment) { process in
                var list = ""
                for _ in 0..<100 where !list.contains("LEASE") {
                    list = try await CommandRun.c8run("flow", "list", environment: environment).output
                }
                #expect(list.contains("LEASE") && list.contains(":\(process.processIdentifier) "), "\(list)")
                kill(process.processIdentifier, SIGKILL)
            }
            let other = try await CommandRun.c8run("flow", "forget", "long", environment: environment)
            #expect(other.status == 64 && other.errors.contains("is being run by"), "\(other.errors)")
        }
    }

    @Test func whatIsWrongEndsWithItsRemedy() async throws {
        try await with(EmulatorConfiguration(tokenInterval: 0)) { surroundings, environment, server, database in
            let cases: [(url: String, status: Int32, words: String)] = [
                (server.url(database, password: "S3CRET"), 78, "state_password_file"),
                (server.url("nosuch"), 78, "does not exist"),
                ("postgres://127.0.0.1:x/y", 78, "port"),
                ("postgres://127.0.0.1:1/y", 69, "see that the server runs"),
            ]
            for (url, status, words) in cases {
                let environment = environment.merging(["C8_STATE": url]) { $1 }
                for command in [["state", "status"], ["flow", "list"], ["state", "migrate"], ["-e", Self.call]] {
                    let run = try await CommandRun.c8run(command, environment: environment)
                    #expect(run.status == status, "\(url) \(command): \(run.errors)")
                    #expect(run.errors.contains(words), "\(url) \(command): \(run.errors)")
                    #expect(!run.errors.contains("S3CRET"), "\(run.errors)")
                }
            }
            #expect(
                surroundings.emulator.requestLog.getTokenCount == 0, "nobody fetches a token behind the others' backs")
        }
    }

    @Test func aScriptSeesNeitherTheURLNorThePassword() async throws {
        try await with(EmulatorConfiguration(tokenInterval: 0)) { _, environment, _, _ in
            let environment = environment.merging(["PGPASSWORD": PostgresServer.password]) { $1 }
            let run = try await CommandRun.c8run(
                "-A", "-e", "print(pcall(os.getenv, 'C8_STATE'), pcall(os.getenv, 'PGPASSWORD'))",
                environment: environment)
            #expect(!run.output.contains("p@ss") && !run.output.contains("postgres"), "\(run.output)")
        }
    }
}
