import C8Client
import C8Postgres
import C8Store
import PostgresServer
import Testing

@Suite(
    .enabled(if: TestDatabase.isPossible, Comment(rawValue: PostgresServer.hint)), .timeLimit(.minutes(2)))
struct PostgresSchemaTests {
    private func run(_ settings: PostgresSettings, _ statement: String) async throws -> PostgresRows {
        try await PostgresConnection(settings).perform { session, _ in try session.execute(statement) }
    }

    private func failure(_ settings: PostgresSettings) async throws -> PostgresError {
        try await #require(#expect(throws: PostgresError.self) { try await PostgresState.open(settings) })
    }

    @Test func manyMachinesThatStartAtOnceMakeTheTablesOnce() async throws {
        let settings = try await TestDatabase.make()
        #expect(try await PostgresState.status(settings).version == 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await PostgresState.open(settings) } }
            try await group.waitForAll()
        }
        let status = try await PostgresState.status(settings)
        #expect(status.version == PostgresSchema.newest && status.flows == 0 && status.tokens == 0)
        #expect(try await run(settings, "SELECT * FROM c8run.schema_version").count == PostgresSchema.newest)
        #expect(try await PostgresState.migrate(settings) == (PostgresSchema.newest, PostgresSchema.newest))
    }

    @Test func tablesOfAnotherVersionAreLeftAlone() async throws {
        let settings = try await TestDatabase.make()
        #expect(try await PostgresState.migrate(settings) == (0, PostgresSchema.newest))
        _ = try await run(settings, "INSERT INTO c8run.schema_version (version) VALUES (99)")
        let error = try await failure(settings)
        #expect(error.kind == .newerSchema && "\(error)".contains("version 99") && !error.isUnavailable)
        await #expect(throws: error) { try await PostgresState.migrate(settings) }
        #expect(try await PostgresState.status(settings).version == 99)
    }

    @Test func whoMayNotMakeTablesIsTold() async throws {
        let server = try PostgresServer.shared()
        let database = try await server.makeDatabase()
        let user = "guest_\(database)"
        try await server.execute("CREATE ROLE \(user) LOGIN PASSWORD '\(PostgresServer.password)'", in: database)
        let guest = PostgresSettings(server.url(database, user: user))
        let before = try await failure(guest)
        #expect(before.kind == .rights && "\(before)".contains("c8run state migrate"))
        let found = try await run(PostgresSettings(server.url(database)), "SELECT to_regnamespace('c8run') AS found")
        #expect(found.first?.text("found") == nil, "nothing is half made")
        // The owner makes them, and lets others use them.
        _ = try await PostgresState.migrate(PostgresSettings(server.url(database)))
        #expect(try await failure(guest).kind == .rights)
        for right in [
            "GRANT USAGE ON SCHEMA c8run TO \(user)",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA c8run TO \(user)",
        ] {
            try await server.execute(right, in: database)
        }
        let store = PostgresTokenStore(try await PostgresState.open(guest))
        let key = TokenKey(baseURL: "https://platform.example", accessKey: "key")
        #expect(try await store.reserve(key, seen: nil, until: .past, holder: "guest:1") == 1)
    }

    @Test func aServerWithAFullDiskIsToBeLookedAfter() async throws {
        let settings = try await TestDatabase.make()
        _ = try await PostgresState.open(settings)
        let error = try await #require(
            #expect(throws: PostgresError.self) {
                try await run(settings, "DO $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$")
            })
        #expect(error.kind == .full && error.isUnavailable && error.remedy.contains("disk"))
    }
}
