import C8Emulator
import Foundation
import PostgresServer
import Testing

/// The real binary with a database that does not do as it should, and one that is reached by roundabout ways. Each has a
/// server of its own.
@Suite(
    .enabled(if: PostgresServer.isPossible, Comment(rawValue: PostgresServer.hint)), .timeLimit(.minutes(3)))
struct PostgresTroubleTests {
    private static let call = "print(c8.production.orders.list{}.total)"
    private static let flow = """
        print(require "c8.flow".run("one", function(f) return f:step("a", function() return 1 end) end))
        """

    /// The commands that use the state, one of each kind.
    private static let uses = [["state", "status"], ["flow", "list"], ["-e", call], ["-e", flow]]

    @Test(.enabled(if: TestAuthority.isPossible, Comment(rawValue: TestAuthority.hint)))
    func theServersCertificateIsVerified() async throws {
        let server = try PostgresServer()
        let database = try await server.makeDatabase()
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let folder = surroundings.folder.url.path
            let authority = try TestAuthority(in: folder + "/authority")
            let stranger = try TestAuthority(in: folder + "/stranger")
            try await server.offerTLS(authority)
            func url(_ host: String, _ root: String) -> String {
                server.url(database).replacingOccurrences(of: "127.0.0.1", with: host)
                    + "?sslmode=verify-full&sslrootcert=\(root)"
            }
            for command in [["state", "migrate"]] + Self.uses {
                let good = try await CommandRun.c8run(
                    command,
                    environment: surroundings.environment.merging(["C8_STATE": url("localhost", authority.root)]) { $1 }
                )
                #expect(good.status == 0, "\(command): \(good.errors)")
            }
            let wrong = [
                (url("127.0.0.1", authority.root), "host name"), (url("localhost", stranger.root), "certificate"),
                (url("localhost", folder + "/nothing.crt"), "nothing.crt"),
            ]
            for (url, words) in wrong {
                for command in Self.uses {
                    let run = try await CommandRun.c8run(
                        command, environment: surroundings.environment.merging(["C8_STATE": url]) { $1 })
                    #expect(run.status == 78, "\(url) \(command): \(run.errors)")
                    #expect(run.errors.contains(words) && run.errors.contains("sslrootcert"), "\(run.errors)")
                }
            }
        }
    }

    /// The URL names a service, a file says where that is, and a program knows the password. It is run behind the wall that
    /// keeps the script from running any.
    @Test func aServiceFileAndAProgramForThePassword() async throws {
        let server = try PostgresServer.shared()
        let database = try await server.makeDatabase()
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let services = try surroundings.folder.file(
                "services",
                "[factory]\nhost=127.0.0.1\nport=\(server.port)\nuser=\(PostgresServer.user)\ndbname=\(database)\n")
            let secret = try surroundings.folder.file("secret", PostgresServer.password + "\n")
            let configuration = try surroundings.folder.file(
                "config.toml",
                """
                [profiles.factory]
                state = "postgres:///?service=factory"
                state_password_command = ["cat", "\(secret)"]
                """)
            var environment = surroundings.environment
            environment["C8_STATE"] = nil
            environment["PGSERVICEFILE"] = services
            for command in Self.uses {
                let options = command[0] == "-e" ? [] : Array(command.prefix(2))
                let run = try await CommandRun.c8run(
                    options + ["--config", configuration, "--profile", "factory"]
                        + (command[0] == "-e" ? command : []), environment: environment)
                #expect(run.status == 0, "\(command): \(run.errors)")
                #expect(!run.output.contains("p@ss") && !run.errors.contains("p@ss"))
            }
            let theft = try await CommandRun.c8run(
                "-A", "--config", configuration, "--profile", "factory", "-e", "print(io.popen('cat \(secret)'))",
                environment: environment)
            #expect(!theft.output.contains("p@ss") && theft.status != 0, "\(theft.output)\(theft.errors)")
        }
    }

    @Test func aDatabaseThatIsAwayIsNotTakenForThePlatform() async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            let environment = surroundings.environment.merging(["C8_STATE": "postgres://127.0.0.1:1/y"]) { $1 }
            for code in [Self.flow, Self.call] {
                let run = try await CommandRun.c8run("-e", code, environment: environment)
                #expect(run.status == 69, "\(run.errors)")
                #expect(
                    run.errors.contains("c8run state status") && !run.errors.contains("c8run doctor"), "\(run.errors)")
            }
        }
    }

    @Test func anOperatorMayHaveATokenFetchedWithoutTheDatabase() async throws {
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            for (setting, status, fetches) in [("false", 69 as Int32, 0), ("true", 0, 1)] {
                let configuration = try surroundings.folder.file(
                    "config.toml",
                    """
                    [profiles.a]
                    state = "postgres://127.0.0.1:1/y"
                    token_without_state = \(setting)
                    """)
                var environment = surroundings.environment
                environment["C8_STATE"] = nil
                let run = try await CommandRun.c8run(
                    "--config", configuration, "--profile", "a", "-e", Self.call, environment: environment)
                #expect(run.status == status, "\(run.errors)")
                #expect(surroundings.emulator.requestLog.getTokenCount == fetches)
            }
        }
    }

    @Test(.enabled(if: geteuid() == 0, "a disk that is full can be made by root alone"))
    func aFullDiskLeavesNothingHalfDone() async throws {
        let server = try PostgresServer()
        try await server.withSmallDisk(megabytes: 16) {
            try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
                let database = try await server.makeDatabase("TABLESPACE small")
                let environment = surroundings.environment.merging(["C8_STATE": server.url(database)]) { $1 }
                func fill() async throws {
                    try await server.execute("CREATE TABLE public.filler (text text)", in: database)
                    for size in [400, 40, 1] {
                        while (try? await server.execute(
                            "INSERT INTO public.filler SELECT repeat('x', 1000) FROM generate_series(1, \(size))",
                            in: database)) != nil
                        {}
                    }
                }
                try await fill()
                for command in [["state", "migrate"], ["flow", "list"], ["-e", Self.flow]] {
                    let run = try await CommandRun.c8run(command, environment: environment)
                    #expect(run.status == 69, "\(command): \(run.errors)")
                    #expect(run.errors.contains("make room on the database server's disk"), "\(run.errors)")
                }
                let tables = "pg_class WHERE relnamespace = to_regnamespace('c8run')::oid"
                #expect(try await server.count(tables, in: database) == 0)
                try await server.execute("DROP TABLE public.filler", in: database)
                let run = try await CommandRun.c8run("-e", Self.flow, environment: environment)
                #expect(run.status == 0 && run.output == "1\n", "\(run.errors)")
                try await fill()
                let full = try await CommandRun.c8run(
                    "-e",
                    """
                    require "c8.flow".run("two", function(f)
                      for i = 1, 1000 do f:step("step " .. i, function() return ("x"):rep(5000) end) end
                    end)
                    """, environment: environment)
                #expect(full.status == 69, "\(full.errors)")
                #expect(full.errors.contains("make room on the database server's disk"), "\(full.errors)")
            }
        }
    }
}
