import C8Client
import C8HTTP
import Synchronization
import Testing

/// Many callers and many sources over one store, as processes have it.
@Suite struct TokenSourceSharingTests {
    @Test func manySourcesOverOneStoreFetchOnce() async throws {
        let fixture = Fixture { _, _ in .token("a") }
        let values = try await withThrowingTaskGroup(of: Secret.self) { group in
            for _ in 0..<16 {
                let tokens = fixture.tokens()
                for _ in 0..<4 { group.addTask { try await tokens.token().value } }
            }
            return try await group.reduce(into: [Secret]()) { $0.append($1) }
        }
        #expect(values == Array(repeating: Secret("a"), count: 64))
        #expect(fixture.transport.tokenRequests == 1)
    }

    @Test func manyRefusalsOfOneTokenFetchOnce() async throws {
        let fixture = Fixture { _, number in .token("\(number)") }
        let tokens = fixture.tokens()
        let first = try await tokens.token()
        let values = try await withThrowingTaskGroup(of: Secret.self) { group in
            for _ in 0..<64 { group.addTask { try await tokens.token(replacing: first).value } }
            return try await group.reduce(into: Set<Secret>()) { $0.insert($1) }
        }
        #expect(values == [Secret("2")])
        #expect(fixture.transport.tokenRequests == 2)
    }

    @Test(arguments: ["https://platform.example/", "HTTPS://platform.example:443", "https://Platform.Example//"])
    func applicationHasOneSlotHoweverItsURLIsWritten(url: String) async throws {
        let fixture = Fixture { _, _ in .token("a") }
        let other = Fixture(store: fixture.store, baseURL: url) { _, _ in .token("b") }
        _ = try await fixture.tokens().token()
        #expect(try await other.tokens().token().value == Secret("a"))
        #expect(other.transport.tokenRequests == 0)
    }

    /// A fetch that somebody began for another reason may end with the very token that is refused here.
    @Test func joinedFetchNeverHandsOutTheRefusedToken() async throws {
        let gate = AsyncStream<Void>.makeStream()
        let fixture = Fixture { _, number in
            if number == 1 { for await _ in gate.stream {} }
            return .token("\(number)")
        }
        let tokens = fixture.tokens()
        let refused = Token(value: Secret("1"), generation: 9, fetched: fixture.clock.moment, ttl: 3600)
        let first = Task { try await tokens.token() }
        while fixture.transport.tokenRequests == 0 { await Task.yield() }
        let second = Task { try await tokens.token(replacing: refused) }
        gate.continuation.finish()
        #expect(try await first.value.value == Secret("1"))
        #expect(try await second.value.value == Secret("2"))
    }

    /// A platform may answer with the token that it gave before; whoever asked must not ask for ever.
    @Test func sameTokenGivenAgainIsReturned() async throws {
        let fixture = Fixture { _, _ in .token("a") }
        let tokens = fixture.tokens()
        let first = try await tokens.token()
        let second = try await tokens.token(replacing: first)
        #expect(second.value == first.value)
        #expect(second.generation > first.generation)
        #expect(fixture.transport.tokenRequests == 2)
    }

    @Test func sameTokenWithALongerLifeIsTakenFromTheStore() async throws {
        let fixture = Fixture { _, _ in .token("a", ttl: 3600) }
        let one = fixture.tokens(), other = fixture.tokens()
        _ = try await one.token()
        _ = try await other.token()
        fixture.clock.advance(3300)
        for tokens in [one, other] {
            _ = try await tokens.token()
            await tokens.drain(atMost: .seconds(60))
        }
        #expect(try await other.token().generation == 2)
        #expect(fixture.transport.tokenRequests == 2)
    }

    @Test func refreshFetchesAlsoWhenTheStoreHasLostTheToken() async throws {
        let fixture = Fixture { _, number in .token("\(number)") }
        let tokens = fixture.tokens()
        _ = try await tokens.token()
        try await fixture.store.clear(TokenKey(baseURL: "https://platform.example", accessKey: "key"))
        try await tokens.refresh()
        #expect(try await tokens.token().value == Secret("2"))
    }

    @Test func clearForgetsTheTokenAndKeepsTheInterval() async throws {
        let fixture = Fixture { _, number in .token("\(number)") }
        let tokens = fixture.tokens()
        _ = try await tokens.token()
        try await tokens.clear()
        let status = try await tokens.status()
        #expect(status.age == nil && status.source == nil && !status.isExpired)
        #expect(try #require(status.nextFetchIn) > .seconds(60))
        let began = fixture.clock.now()
        #expect(try await tokens.token().value == Secret("2"))
        #expect(fixture.clock.now() - began >= 60)
    }

    @Test func statusTellsTimesAndNoToken() async throws {
        let fixture = Fixture { _, _ in .token("CANARY", ttl: 3600) }
        let tokens = fixture.tokens()
        #expect(try await tokens.status() == TokenStatus())
        _ = try await tokens.token()
        let fetched = fixture.clock.now()
        fixture.clock.advance(3300)
        let status = try await tokens.status()
        #expect(status.age == .seconds(3300))
        #expect(status.ttl == .seconds(3600))
        #expect(status.refreshIn == .seconds(-60))
        #expect(status.expiresAt == fetched + 3600)
        #expect(status.refreshAt == fetched + 3240)
        #expect(status.source == "memory")
        #expect(try await fixture.tokens().status().source == "store")
        #expect(!String(reflecting: status).contains("CANARY"))
    }

    /// Whatever a damaged file holds, there is an answer.
    @Test(arguments: [Double.infinity, 1e300, 4e18])
    func statusSurvivesAnyTimeToLive(ttl: Double) async throws {
        let fixture = Fixture { _, _ in .token("a") }
        let key = TokenKey(baseURL: "https://platform.example", accessKey: "key")
        let fence = try #require(
            try await fixture.store.reserve(key, seen: nil, until: Moment(wall: 20), holder: "h:1"))
        let token = Token(value: Secret("t"), generation: 1, fetched: .past, ttl: ttl)
        try await fixture.store.publish(key, fence: fence, token: token, fetchAfter: Moment(wall: 20), refusal: nil)
        _ = try await fixture.tokens().status()
    }

    /// The renewal is let go only after `drain` has returned: if that waited for it, the test would not end.
    @Test(.timeLimit(.minutes(1))) func drainEndsWithItsBoundThoughTheRenewalDoesNot() async throws {
        let gate = AsyncStream<Void>.makeStream()
        let fixture = Fixture { _, number in
            if number == 2 { for await _ in gate.stream {} }
            return .token("\(number)", ttl: 3600)
        }
        let tokens = fixture.tokens()
        _ = try await tokens.token()
        fixture.clock.advance(3300)
        #expect(try await tokens.token().value == Secret("1"))
        await tokens.drain(atMost: .milliseconds(50))
        gate.continuation.finish()
        await tokens.drain(atMost: .seconds(60))
        #expect(try await tokens.token().value == Secret("2"))
    }

    @Test func renewalThatSomebodyElseIsBusyWithIsLeftToHim() async throws {
        let fixture = Fixture { _, number in .token("\(number)", ttl: 3600) }
        let tokens = fixture.tokens()
        _ = try await tokens.token()
        fixture.clock.advance(3300)
        let key = TokenKey(baseURL: "https://platform.example", accessKey: "key")
        let now = fixture.clock.moment
        let seen = try await fixture.store.read(key)
        let fence = try #require(
            try await fixture.store.reserve(key, seen: seen, until: now.advanced(by: 70), holder: "h:1"))
        #expect(try await tokens.token().value == Secret("1"))
        await tokens.drain(atMost: .seconds(60))
        #expect(fixture.transport.tokenRequests == 1)
        let theirs = Token(value: Secret("theirs"), generation: fence, fetched: now, ttl: 3600)
        try await fixture.store.publish(
            key, fence: fence, token: theirs, fetchAfter: now.advanced(by: 60), refusal: nil)
        fixture.clock.advance(2)
        #expect(try await tokens.token().value == Secret("1"))
        await tokens.drain(atMost: .seconds(60))
        #expect(try await tokens.token().value == Secret("theirs"))
        #expect(fixture.transport.tokenRequests == 1)
    }

    @Test func secretThatCannotBeReadIsAConfigurationError() async throws {
        struct NoSecret: Error, CustomStringConvertible { let description = "C8_SECRET_KEY is not set" }
        let fixture = Fixture { _, _ in .token("a") }
        var configuration = fixture.configuration
        configuration.credentials = { throw NoSecret() }
        let tokens = TokenSource(
            configuration: configuration, transport: fixture.transport, store: { fixture.store }, clock: fixture.clock,
            logger: Fixture.silent)
        let error = await #expect(throws: ClientError.self) { try await tokens.token() }
        #expect(error?.kind == .config)
        #expect(error?.message == "C8_SECRET_KEY is not set")
        // Nothing was reserved: with the right secret there is no wait.
        let began = fixture.clock.now()
        #expect(try await fixture.tokens().token().value == Secret("a"))
        #expect(fixture.clock.now() == began)
    }
}
