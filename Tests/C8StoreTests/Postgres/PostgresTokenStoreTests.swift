import C8Client
import C8Postgres
import C8Store
import PostgresServer
import Testing

/// What machines that share a database tell each other about time, and what becomes of answers that are lost.
@Suite(
    .enabled(if: TestDatabase.isPossible, Comment(rawValue: PostgresServer.hint)), .timeLimit(.minutes(2)))
struct PostgresTokenStoreTests {
    private let key = TokenKey(baseURL: "https://platform.example", accessKey: "key")
    private let one = StandingClock(wall: 2e9, boot: "one", uptime: 500)
    /// Its clock was never set, and its machine has been running for long.
    private let other = StandingClock(wall: 7, boot: "other", uptime: 9e6)

    private func stores() async throws -> (PostgresTokenStore, PostgresTokenStore) {
        let settings = try await TestDatabase.make()
        return (
            PostgresTokenStore(try await PostgresState.open(settings), clock: one),
            PostgresTokenStore(try await PostgresState.open(settings), clock: other)
        )
    }

    @Test func aSlotIsTakenForAllMachinesWhateverTheirClocksShow() async throws {
        let (mine, theirs) = try await stores()
        let until = one.moment().advanced(by: 70)
        #expect(try await mine.reserve(key, seen: nil, until: until, holder: "line-1:1") == 1)
        #expect(try await mine.read(key)?.fetchAfter == until)
        let seen = try #require(try await theirs.read(key))
        let left = seen.fetchAfter.seconds(since: other.moment())
        #expect(left > 60 && left < 75, "told by the other's own clock: \(left)")
        #expect(seen.holder == "line-1:1")
        #expect(try await theirs.read(key) == seen, "the same record is told in the same words")
        let hasty = try await theirs.reserve(
            key, seen: seen, until: other.moment().advanced(by: 70), holder: "line-2:1")
        #expect(hasty == nil, "the server's clock forbids it")
        // Nothing was sent after all.
        try await mine.publish(key, fence: 1, token: nil, fetchAfter: one.moment(), refusal: nil)
        #expect(
            try await theirs.reserve(key, seen: seen, until: other.moment(), holder: "line-2:1") == nil,
            "it is not as it was seen")
        let free = try await theirs.read(key)
        #expect(
            try await theirs.reserve(
                key, seen: free, until: other.moment().advanced(by: 70), holder: "line-2:1") == 2)
        try await mine.publish(key, fence: 1, token: nil, fetchAfter: one.moment(), refusal: nil)
        #expect(try await mine.read(key)?.generation == 2, "an old fence publishes nothing")
    }

    @Test func aTokenIsAsOldOnEveryMachine() async throws {
        let (mine, theirs) = try await stores()
        _ = try await mine.reserve(key, seen: nil, until: one.moment(), holder: "line-1:1")
        let fetched = one.moment().advanced(by: -600)
        let token = Token(value: Secret("a"), generation: 1, fetched: fetched, ttl: 3600)
        try await mine.publish(key, fence: 1, token: token, fetchAfter: one.moment(), refusal: nil)
        let found = try #require(try await theirs.read(key)?.token)
        let age = found.age(at: other.moment())
        #expect(age >= 600 && age < 610, "\(age)")
        // A reservation changes the record, and not what is known of the token.
        let seen = try await mine.read(key)
        #expect(
            try await mine.reserve(key, seen: seen, until: one.moment().advanced(by: 70), holder: "line-1:1") == 2)
        #expect(try await theirs.read(key)?.token == found)
    }

    /// The answer to a reservation is lost with the connection: it is known again, and nobody waits for a slot of his own.
    @Test func aReservationWhoseAnswerIsLostIsKept() async throws {
        let server = try PostgresServer.shared()
        let proxy = try CuttingProxy(to: server.port)
        let database = try await server.makeDatabase()
        let state = try await PostgresState.open(PostgresSettings(server.url(database, port: proxy.port)))
        let store = PostgresTokenStore(state, clock: one)
        proxy.cutNextAnswer()
        #expect(try await store.reserve(key, seen: nil, until: one.moment(), holder: "line-1:1") == 1)
        #expect(proxy.cuts == 1)
        let seen = try await store.read(key)
        proxy.cutNextAnswer()
        #expect(try await store.reserve(key, seen: seen, until: one.moment(), holder: "line-1:1") == 2)
        #expect(proxy.cuts == 2)
    }
}
