import C8Postgres
import Foundation
import PostgresServer
import Testing

@Suite(.enabled(if: PostgresServer.isPossible, Comment(rawValue: PostgresServer.hint)), .timeLimit(.minutes(2)))
struct ConnectionTests {
    private func connection(_ url: String) -> PostgresConnection { PostgresConnection(PostgresSettings(url)) }

    private func failure(
        _ settings: PostgresSettings, within patience: Duration = .seconds(1)
    ) async throws -> PostgresError {
        let connection = PostgresConnection(settings)
        return try await #require(
            #expect(throws: PostgresError.self) {
                try await connection.perform(within: patience) { session, _ in try session.execute("SELECT 1") }
            })
    }

    @Test(arguments: [false, true]) func valuesGoThereAndBack(bySocket: Bool) async throws {
        let server = try PostgresServer.shared()
        let url = bySocket ? server.socketURL("postgres") : server.url("postgres")
        let text = "é\u{1F600} '\"\\ \n$1"
        let row = try await connection(url).perform { session, _ in
            try session.execute(
                """
                SELECT $1::text AS text, $2::bigint AS integer, $3::float8 AS number, $4::boolean AS boolean,
                    $5::text AS nothing, '' AS empty, cardinality($6::bigint[]) AS count, $7::text AS zero,
                    6 AS "Two Words"
                """, [text, Int64.min, 0.1 + 0.2, true, nil as String?, [1, 2, 3] as [Int64], "a\0b"]
            ).first
        }
        let found = try #require(row)
        #expect(found.text("text") == text)
        #expect(found.integer("integer") == Int64.min)
        #expect(found.number("number") == 0.1 + 0.2)
        #expect(found.boolean("boolean") == true)
        #expect(found.text("nothing") == nil && found.text("empty") == "" && found.text("unknown") == nil)
        #expect(found.integer("count") == 3)
        #expect(found.integer("Two Words") == 6 && found.integer("two words") == nil)
        #expect(found.text("zero") == "a\u{FFFD}b")
    }

    @Test func aLongTextGoesThereAndBack() async throws {
        let text = String(repeating: "x", count: 8 << 20)
        let row = try await connection(PostgresServer.shared().url("postgres")).perform { session, _ in
            try session.execute("SELECT $1::text AS text", [text]).first
        }
        #expect(row?.text("text") == text)
    }

    @Test func anErrorLeavesTheConnectionAsItWas() async throws {
        let connection = try connection(PostgresServer.shared().url("postgres"))
        let process: @Sendable (PostgresSession, Bool) throws -> Int64? = { session, _ in
            try session.execute("SELECT pg_backend_pid() AS pid").first?.integer("pid")
        }
        let before = try await connection.perform(process)
        let error = try await #require(
            #expect(throws: PostgresError.self) {
                try await connection.perform { session, _ in
                    try session.transaction { try session.execute("SELECT 1/0") }
                }
            })
        #expect(error.kind == .statement && error.code == "22012" && "\(error)".contains("division by zero"))
        #expect(try await connection.perform(process) == before, "the transaction was undone")
    }

    /// The server is told, so that it does not go on with what nobody waits for.
    @Test func aStatementThatTakesTooLongIsGivenUp() async throws {
        let server = try PostgresServer.shared()
        let connection = connection(server.url("postgres"))
        let began = ContinuousClock.now
        let error = try await #require(
            #expect(throws: PostgresError.self) {
                try await connection.perform(within: .milliseconds(300)) { session, _ in
                    try session.execute("SELECT pg_sleep(77)")
                }
            })
        #expect(error.kind == .timedOut && error.isUnavailable)
        #expect(ContinuousClock.now - began < .seconds(20))
        var left: Int64? = 1
        for _ in 0..<100 where left != 0 {
            left = try await connection.perform { session, _ in
                try session.execute(
                    "SELECT count(*) AS left FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(77)'"
                ).first?.integer("left")
            }
        }
        #expect(left == 0)
    }

    @Test func aBrokenConnectionIsMadeAnew() async throws {
        let server = try PostgresServer.shared()
        let connection = connection(server.url("postgres"))
        let pid = try await connection.perform { session, _ in
            try session.execute("SELECT pg_backend_pid() AS pid").first?.integer("pid")
        }
        try await server.execute("SELECT pg_terminate_backend(\(try #require(pid)))", in: "postgres")
        let later = try await connection.perform { session, isRepeated in
            (try session.execute("SELECT pg_backend_pid() AS pid").first?.integer("pid"), isRepeated)
        }
        #expect(later.0 != nil && later.0 != pid)
        // While a statement is under way: run again, and told so.
        let again = try await connection.perform { session, isRepeated in
            if !isRepeated { try session.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
            return isRepeated
        }
        #expect(again)
    }

    @Test func aServerThatComesBackIsFoundAgain() async throws {
        let server = try PostgresServer()
        let connection = connection(server.url("postgres"))
        let one: @Sendable (PostgresSession, Bool) throws -> Int64? = { session, _ in
            try session.execute("SELECT 1 AS one").first?.integer("one")
        }
        #expect(try await connection.perform(one) == 1)
        server.stop()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.perform(within: .milliseconds(200), one)
        }
        #expect(error?.kind == .unreachable)
        async let waiting = connection.perform(within: .seconds(60), one)
        try server.start()
        #expect(try await waiting == 1)
    }

    /// The first of several is not waited for as long as there is time.
    @Test func aHostThatDoesNotAnswerKeepsNobodyFromTheNext() async throws {
        let server = try PostgresServer.shared()
        let silence = try Silence()
        let url = server.url("postgres").replacingOccurrences(
            of: "127.0.0.1:\(server.port)", with: "127.0.0.1:\(silence.port),127.0.0.1:\(server.port)")
        let row = try await connection(url).perform(within: .seconds(4)) { session, _ in
            try session.execute("SELECT 1 AS one").first
        }
        #expect(row?.integer("one") == 1)
        let free = try #require(URLs.closedPort)
        let nobody = "postgres://127.0.0.1:\(silence.port),127.0.0.1:\(free)/x"
        let error = try await failure(PostgresSettings(nobody))
        #expect(error.kind == .unreachable && "\(error)".contains("\(silence.port),\(free)"), "\(error)")
    }

    @Test func whatIsWrongIsTold() async throws {
        let server = try PostgresServer.shared()
        let latin = try await server.makeDatabase("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
        let free = try #require(URLs.closedPort)
        let cases: [(String, PostgresError.Kind, String)] = [
            (server.url("postgres", password: "wr0ng"), .credentials, "password authentication failed"),
            (server.url("postgres", user: "nobody2"), .credentials, "password"),
            (server.url("postgres", password: nil), .credentials, "no password"),
            (server.url("nosuch"), .settings, "does not exist"),
            ("postgres://127.0.0.1:\(free)/x", .unreachable, "127.0.0.1:\(free), database x"),
            ("postgres://127.0.0.1:notaport/x", .settings, "port"),
            ("postgres://u:S3CRET@127.0.0.1/x?colour=red", .settings, "query parameter"),
            ("postgres://u:S3CRET%zz@127.0.0.1/x", .settings, ""),
            ("postgres://u:S3CRET@[::1/x", .settings, ""),
            ("nonsense S3CRET", .settings, ""),
            (server.url("postgres") + "?sslmode=verify-full", .certificate, ""),
            (server.url("postgres") + "?sslmode=require", .certificate, "SSL"),
            (server.url("postgres") + "?service=nosuch", .settings, "nosuch"),
            (server.url(latin), .encoding, "LATIN1"),
        ]
        for (url, kind, words) in cases {
            let error = try await failure(PostgresSettings(url))
            #expect(error.kind == kind, "\(error)")
            #expect(words.isEmpty || "\(error)".contains(words), "\(error)")
            for secret in ["S3CRET", "wr0ng", "p%40", "p@ss"] { #expect(!"\(error)".contains(secret), "\(error)") }
        }
    }

    @Test func aServerThatIsTooOldIsRefused() async throws {
        var settings = PostgresSettings(try PostgresServer.shared().url("postgres"))
        settings.leastServerVersion = 990_000
        let error = try await failure(settings)
        #expect(error.kind == .oldServer && "\(error)".contains("99 is needed") && !error.isUnavailable)
    }

    /// On another machine the certificate is asked for, unless somebody says that it need not be.
    @Test(arguments: [
        ("", "verify-full"), ("?sslmode=require", "require"), ("?sslmode=disable", "disable"),
    ])
    func otherMachinesAreVerified(query: String, mode: String) throws {
        #expect(try PostgresSettings("postgres://db.example/x\(query)").sslMode == mode)
        #expect(try PostgresSettings("postgres://db.example,localhost/x\(query)").sslMode == mode)
    }

    @Test(arguments: ["127.0.0.1", "localhost", "[::1]", "", "%2Frun%2Fpostgresql", "localhost,127.0.0.1"])
    func thisMachineNeedsNoCertificate(host: String) throws {
        #expect(try PostgresSettings("postgres://\(host)/x").sslMode == nil)
    }

    @Test func aPasswordComesFromElsewhereAndIsAskedForAgainOnceItIsRefused() async throws {
        let server = try PostgresServer.shared()
        let passwords = PasswordList(["wrong", PostgresServer.password])
        let connection = PostgresConnection(
            PostgresSettings(server.url("postgres", password: nil), password: passwords.next))
        let body: @Sendable (PostgresSession, Bool) throws -> Int64? = { session, _ in
            try session.execute("SELECT 1 AS one").first?.integer("one")
        }
        let error = await #expect(throws: PostgresError.self) { try await connection.perform(body) }
        #expect(error?.kind == .credentials)
        #expect(try await connection.perform(body) == 1)
        #expect(try await connection.perform(body) == 1)
    }

    @Test(.enabled(if: PgBouncer.isPossible, Comment(rawValue: PgBouncer.hint)))
    func manyShareFewConnectionsThroughAPooler() async throws {
        let server = try PostgresServer.shared()
        let pooler = try PgBouncer(server, connections: 2)
        let url = server.url("postgres", port: pooler.port)
        try await withThrowingTaskGroup(of: Int64?.self) { group in
            for number in 0..<8 {
                let connection = connection(url)
                for _ in 0..<10 {
                    group.addTask {
                        try await connection.perform(within: .seconds(30)) { session, _ in
                            try session.transaction {
                                try session.execute("SELECT $1::bigint AS n", [number]).first?.integer("n")
                            }
                        }
                    }
                }
            }
            for try await number in group { #expect(number != nil) }
        }
    }
}
