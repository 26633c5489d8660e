import C8Client
import C8HTTP
import Synchronization
import Testing

/// Waiting for others: how long, told to whom, and counted how.
@Suite struct TokenWaitTests {
    /// A store in which somebody else takes the slot each time it becomes free, and never leaves a token.
    private final class BusyStore: TokenStore {
        private let inner = MemoryTokenStore()
        private let clock: FakeClock
        private let taken = Mutex(0)

        init(clock: FakeClock) { self.clock = clock }

        var reservations: Int { taken.withLock { $0 } }

        func read(_ key: TokenKey) async throws -> TokenRecord? {
            let record = inner.read(key)
            if let record, record.fetchAfter.seconds(since: clock.moment) > 0 { return record }
            let number = taken.withLock { taken in
                taken += 1
                return taken
            }
            _ = inner.reserve(
                key, seen: record, until: clock.moment.advanced(by: 70.25), holder: "elsewhere:\(number)")
            return inner.read(key)
        }

        func reserve(_ key: TokenKey, seen: TokenRecord?, until: Moment, holder: String) async throws -> Int64? { nil }
        func publish(
            _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Moment, refusal: TokenRecord.Refusal?
        ) async throws {}
        func clear(_ key: TokenKey) async throws {}
    }

    @Test func waitEndsAfterThreeOthersAndSaysWhoWasLast() async throws {
        let clock = FakeClock()
        let store = BusyStore(clock: clock)
        let fixture = Fixture(store: store, clock: clock) { _, _ in .token("a") }
        let error = await #expect(throws: ClientError.self) { try await fixture.tokens().token() }
        #expect(error?.kind == .timeout)
        #expect(error?.outcome == .notSent)
        #expect(error?.message.contains("elsewhere:4") == true, "\(error?.message ?? "-")")
        #expect(store.reservations == 4)
        #expect(clock.real <= 3 * 70.25 + 1)
        #expect(fixture.transport.tokenRequests == 0)
    }

    /// Wrong by any clock: it is believed for as long as a reservation can last, and then taken.
    @Test(arguments: [nil, "boot-1"] as [String?])
    func slotThatNeverEndsIsTakenInTheEnd(boot: String?) async throws {
        let clock = FakeClock(boot: boot)
        let fixture = Fixture(clock: clock) { _, _ in .token("a") }
        let until = clock.moment.advanced(by: 130)
        _ = try await fixture.store.reserve(fixture.key, seen: nil, until: until, holder: "elsewhere:1")
        #expect(try await fixture.tokens().token().value == Secret("a"))
        #expect(clock.real <= 71)
    }

    @Test func longWaitIsToldWithWhoHasTheSlot() async throws {
        let log = LogRecorder()
        let fixture = Fixture { _, _ in .token("a") }
        let until = fixture.clock.moment.advanced(by: 30)
        _ = try await fixture.store.reserve(fixture.key, seen: nil, until: until, holder: "elsewhere:77")
        _ = try await fixture.tokens(logger: log.logger).token()
        let told = log.texts.filter { $0.contains("waiting for the access token") }
        #expect(told.count == 1)
        #expect(told.first?.contains("elsewhere:77") == true)
    }

    @Test func shortWaitIsNotTold() async throws {
        let log = LogRecorder()
        let fixture = Fixture { _, _ in .token("a") }
        let until = fixture.clock.moment.advanced(by: 1.5)
        _ = try await fixture.store.reserve(fixture.key, seen: nil, until: until, holder: "elsewhere:77")
        _ = try await fixture.tokens(logger: log.logger).token()
        #expect(!log.texts.contains { $0.contains("waiting") })
    }

    /// Another program with the same key is met again and again.
    @Test func tooOftenAgainAndAgainIsAnErrorAfterThreeWaits() async throws {
        let fixture = Fixture { _, _ in .refusal(21_185_002) }
        let error = await #expect(throws: ClientError.self) { try await fixture.tokens().token() }
        #expect(error?.code == 21_185_002)
        #expect(fixture.transport.tokenRequests == 4)
        #expect(fixture.clock.real >= 180)
    }

    /// The slot belongs to the application: a secret that was mended has to wait for it like everybody else.
    @Test func changedSecretWaitsForTheSlotOfTheRefusedOne() async throws {
        let refused = Fixture(secretKey: "old") { _, _ in .refusal(21_184_031) }
        await #expect(throws: ClientError.self) { try await refused.tokens().token() }
        let mended = Fixture(store: refused.store, secretKey: "new", clock: refused.clock) { _, _ in .token("a") }
        let began = refused.clock.real
        #expect(try await mended.tokens().token().value == Secret("a"))
        #expect(refused.clock.real - began >= 60)
        // And the other way: a token that one secret bought serves the other too.
        #expect(try await refused.tokens().token().value == Secret("a"))
    }

    /// In memory is another token than in the store: neither is new.
    @Test func refreshFetchesThoughTheStoreHasAnotherToken() async throws {
        let fixture = Fixture { _, number in .token("T\(number)") }
        let one = fixture.tokens(), other = fixture.tokens()
        #expect(try await one.token().value == Secret("T1"))
        try await other.refresh()
        #expect(try await other.token().value == Secret("T2"))
        let began = fixture.clock.real
        try await one.refresh()
        #expect(try await one.token().value == Secret("T3"))
        #expect(fixture.clock.real - began >= 60)
        #expect(fixture.transport.tokenRequests == 3)
    }

    // MARK: The end of a process

    @Test(.timeLimit(.minutes(1))) func fetchUnderWayIsAwaitedAtTheEndAndStored() async throws {
        let gate = AsyncStream<Void>.makeStream()
        let fixture = Fixture { _, _ in
            for await _ in gate.stream {}
            return .token("a")
        }
        let tokens = fixture.tokens()
        let caller = Task { try await tokens.token() }
        while fixture.transport.tokenRequests == 0 { await Task.yield() }
        caller.cancel()
        await #expect(throws: ClientError.self) { try await caller.value }
        await tokens.drain(atMost: .milliseconds(20))
        #expect(try await fixture.store.read(fixture.key)?.token == nil, "its bound has come")
        async let drained: Void = tokens.drain(atMost: .seconds(60))
        gate.continuation.finish()
        await drained
        #expect(try await fixture.store.read(fixture.key)?.token?.value == Secret("a"))
    }

    /// A clock whose sleep ends only with the task.
    private struct Standstill: ClientClock {
        let clock: FakeClock
        func now() -> Double { clock.now() }
        func monotonic() -> Double { clock.monotonic() }
        var bootID: String? { clock.bootID }
        func sleep(seconds: Double) async throws { try await Task.sleep(for: .seconds(3600)) }
    }

    @Test(.timeLimit(.minutes(1))) func waitForTheSlotDoesNotKeepAProcessFromEnding() async throws {
        let fixture = Fixture { _, _ in .token("a") }
        let until = fixture.clock.moment.advanced(by: 60)
        _ = try await fixture.store.reserve(fixture.key, seen: nil, until: until, holder: "elsewhere:1")
        let tokens = TokenSource(
            configuration: fixture.configuration, transport: fixture.transport, store: { fixture.store },
            clock: Standstill(clock: fixture.clock), logger: Fixture.silent)
        let caller = Task { try await tokens.token() }
        for _ in 0..<1000 { await Task.yield() }
        caller.cancel()
        await tokens.drain(atMost: .seconds(3600))
        await #expect(throws: ClientError.self) { try await caller.value }
    }
}
