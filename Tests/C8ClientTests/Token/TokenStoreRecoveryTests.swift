import C8Client
import C8HTTP
import Synchronization
import Testing

/// A store that fails for a while, or in part: the minute holds, no call fails, and the store gets what it is owed.
@Suite struct TokenStoreRecoveryTests {
    struct Failure: StoreFailure, CustomStringConvertible {
        var isBusy = false
        var isUnreachable = false
        let description: String
    }

    /// A store over a memory that can be made to fail.
    private final class FrailStore: TokenStore {
        struct State {
            var readFails: Failure?
            var writeFails: Failure?
            /// Failures left; nil for any number.
            var left: Int?
        }

        let inner: MemoryTokenStore
        let state = Mutex(State())

        init(_ inner: MemoryTokenStore = MemoryTokenStore()) { self.inner = inner }

        func fail(read: Failure? = nil, write: Failure? = nil, times: Int? = nil) {
            state.withLock { $0 = State(readFails: read, writeFails: write, left: times) }
        }

        private func check(_ failure: KeyPath<State, Failure?>) throws {
            let found = state.withLock { state -> Failure? in
                guard let found = state[keyPath: failure], state.left != 0 else { return nil }
                state.left = state.left.map { $0 - 1 }
                return found
            }
            if let found { throw found }
        }

        func read(_ key: TokenKey) async throws -> TokenRecord? {
            try check(\.readFails)
            return inner.read(key)
        }

        func reserve(_ key: TokenKey, seen: TokenRecord?, until: Moment, holder: String) async throws -> Int64? {
            try check(\.writeFails)
            return inner.reserve(key, seen: seen, until: until, holder: holder)
        }

        func publish(
            _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Moment, refusal: TokenRecord.Refusal?
        ) async throws {
            try check(\.writeFails)
            inner.publish(key, fence: fence, token: token, fetchAfter: fetchAfter, refusal: refusal)
        }

        func clear(_ key: TokenKey) async throws {
            try check(\.writeFails)
            inner.clear(key)
        }
    }

    private let full = Failure(description: "the disk is full")

    /// Another process fetched just now; then the disk becomes full, and its token is refused.
    @Test func minuteOfAnotherProcessHoldsWithoutTheStore() async throws {
        let store = FrailStore()
        let fixture = Fixture(store: store) { _, number in .token("T\(number)") }
        let first = try await fixture.tokens().token()
        let tokens = fixture.tokens()
        #expect(try await tokens.token() == first)
        store.fail(read: full, write: full)
        let began = fixture.clock.real
        #expect(try await tokens.token(replacing: first).value == Secret("T2"))
        #expect(fixture.clock.real - began >= 60)
        #expect(fixture.transport.tokenRequests == 2)
    }

    @Test func recoveredStoreIsUsedAgainAndGetsWhatItIsOwed() async throws {
        let log = LogRecorder()
        let store = FrailStore()
        let fixture = Fixture(store: store) { _, number in .token("T\(number)") }
        let tokens = fixture.tokens(logger: log.logger)
        let first = try await tokens.token()
        store.fail(read: full, write: full)
        let second = try await tokens.token(replacing: first)
        #expect(store.inner.read(fixture.key)?.token == first)
        store.fail()
        _ = try await tokens.status()
        let record = try #require(store.inner.read(fixture.key))
        #expect(record.token?.value == second.value)
        #expect(record.fetchAfter.seconds(since: fixture.clock.moment) > 59)
        // So another process does not ask too early either.
        let began = fixture.clock.real
        #expect(try await fixture.tokens().token(replacing: second).value == Secret("T3"))
        #expect(fixture.clock.real - began > 59)
        #expect(log.texts.count { $0.contains("the token store failed") } == 1)
    }

    /// Both count on from the same record, so their fences are the same number.
    @Test func reservationOfAnotherProcessIsNotTakenForOnesOwn() async throws {
        let store = FrailStore()
        let fixture = Fixture(store: store) { _, number in .token("T\(number)") }
        let tokens = fixture.tokens()
        let first = try await tokens.token()
        store.fail(read: full, write: full)
        _ = try await tokens.token(replacing: first)
        let until = fixture.clock.moment.advanced(by: 70)
        let seen = store.inner.read(fixture.key)
        #expect(store.inner.reserve(fixture.key, seen: seen, until: until, holder: "elsewhere:1") == 2)
        let theirs = store.inner.read(fixture.key)
        store.fail()
        _ = try await tokens.status()
        #expect(store.inner.read(fixture.key) == theirs)
    }

    @Test func tokenWhosePublicationFailedIsStoredLater() async throws {
        let store = FrailStore()
        let fixture = Fixture(store: store) { _, _ in
            store.fail(write: Failure(description: "the disk is full"))
            return .token("a")
        }
        let tokens = fixture.tokens()
        _ = try await tokens.token()
        #expect(store.inner.read(fixture.key)?.token == nil)
        store.fail()
        _ = try await tokens.status()
        #expect(store.inner.read(fixture.key)?.token?.value == Secret("a"))
        #expect(store.inner.read(fixture.key)?.generation == 1)
    }

    /// As on a read-only file system that others write elsewhere.
    @Test func readOnlyStoreGivesItsTokenAndItsMinute() async throws {
        let log = LogRecorder()
        let store = FrailStore()
        let fixture = Fixture(store: store) { _, number in .token("T\(number)") }
        let first = try await fixture.tokens().token()
        store.fail(write: Failure(description: "it cannot be written"))
        let tokens = fixture.tokens(logger: log.logger)
        #expect(try await tokens.token() == first)
        #expect(!log.texts.contains { $0.contains("failed") }, "nothing had to be written")
        var last = first
        for number in 2...4 {
            let began = fixture.clock.real
            last = try await tokens.token(replacing: last)
            #expect(last.value == Secret("T\(number)"))
            #expect(fixture.clock.real - began > 59)
        }
        #expect(log.texts.count { $0.contains("the token store failed") } == 1)
        // What is written there by somebody else is taken.
        let record = store.inner.read(fixture.key)
        let fence = try #require(
            store.inner.reserve(
                fixture.key, seen: record, until: fixture.clock.moment.advanced(by: 60), holder: "elsewhere:1"))
        let theirs = Token(value: Secret("theirs"), generation: fence, fetched: fixture.clock.moment, ttl: 3600)
        store.inner.publish(
            fixture.key, fence: fence, token: theirs, fetchAfter: fixture.clock.moment.advanced(by: 60), refusal: nil)
        let began = fixture.clock.real
        #expect(try await tokens.token(replacing: last).value == Secret("theirs"))
        #expect(fixture.clock.real == began)
    }

    /// Everybody keeps his token to himself, and the platform gives one a minute to all of them.
    @Test func tooOftenWithoutAStoreWaitsForTheNextSlot() async throws {
        let store = FrailStore()
        store.fail(read: full, write: full)
        let fixture = Fixture(store: store) { _, number in number < 8 ? .refusal(21_185_002) : .token("a") }
        #expect(try await fixture.tokens().token().value == Secret("a"))
        #expect(fixture.clock.real >= 7 * 60)
    }

    @Test func lockedStoreIsWaitedForAndThatIsTold() async throws {
        let log = LogRecorder()
        let store = FrailStore()
        let busy = Failure(isBusy: true, description: "another process keeps it locked")
        store.fail(read: busy, times: 15)
        let fixture = Fixture(store: store) { _, _ in .token("a") }
        _ = try await fixture.tokens(logger: log.logger).token()
        #expect(store.inner.read(fixture.key)?.token?.value == Secret("a"), "it was used in the end")
        #expect(log.texts.count { $0.contains("waiting for the token store") } == 1)
        #expect((5...8).contains(fixture.clock.real))
    }

    @Test func storeThatStaysLockedIsDoneWithoutInTheEnd() async throws {
        let store = FrailStore()
        store.fail(read: Failure(isBusy: true, description: "locked"))
        let fixture = Fixture(store: store) { _, _ in .token("a") }
        #expect(try await fixture.tokens().token().value == Secret("a"))
        #expect((30...31).contains(fixture.clock.real))
    }

    enum Command: Sendable, CaseIterable { case status, refresh, clear }

    /// What concerns the store itself cannot be done without it.
    @Test(arguments: Command.allCases, [true, false])
    func commandsOverTheStoreInsistOnIt(command: Command, isReadable: Bool) async throws {
        let store = FrailStore()
        store.fail(read: isReadable ? nil : full, write: full)
        let fixture = Fixture(store: store) { _, _ in .token("a") }
        let tokens = fixture.tokens(use: .insists)
        func run() async throws {
            switch command {
            case .status: _ = try await tokens.status()
            case .refresh: try await tokens.refresh()
            case .clear: try await tokens.clear()
            }
        }
        if command == .status, isReadable {
            try await run()
        } else {
            let error = await #expect(throws: ClientError.self) { try await run() }
            #expect(error?.kind == .config)
            #expect(error?.message.contains("the disk is full") == true)
        }
        #expect(fixture.transport.tokenRequests == 0)
    }

    /// Other machines fetch, too, and could not be told.
    @Test func whoSharesTheStoreWithOtherMachinesFetchesNothingWithoutIt() async throws {
        let store = FrailStore()
        let fixture = Fixture(store: store) { _, number in .token("T\(number)") }
        let tokens = fixture.tokens(use: .keepsToken)
        let first = try await tokens.token()
        let away = Failure(isUnreachable: true, description: "nobody answers")
        store.fail(read: away, write: away)
        #expect(try await tokens.token() == first, "what is in hand is good")
        for waiting in [tokens, fixture.tokens(use: .keepsToken)] {
            let error = await #expect(throws: ClientError.self) { try await waiting.token(replacing: first) }
            #expect(error?.kind == .network && error?.outcome == .notSent)
            #expect(error?.message.contains("nobody answers") == true)
        }
        #expect(fixture.transport.tokenRequests == 1)
        store.fail()
        #expect(try await tokens.token(replacing: first).value == Secret("T2"))
    }

    @Test func refreshThatCannotBeStoredFails() async throws {
        let store = FrailStore()
        let fixture = Fixture(store: store) { _, _ in
            store.fail(read: Failure(description: "gone"), write: Failure(description: "gone"))
            return .token("a")
        }
        let error = await #expect(throws: ClientError.self) { try await fixture.tokens(use: .insists).refresh() }
        #expect(error?.kind == .config)
        #expect(error?.message.contains("gone") == true)
    }

    @Test func statusTellsTheSlotTheHolderAndAnExpiredToken() async throws {
        let fixture = Fixture { _, number in number == 1 ? .token("a", ttl: 30) : .refusal(21_184_031) }
        _ = try await fixture.tokens().token()
        fixture.clock.advance(40)
        let status = try await fixture.tokens().status()
        #expect(status.isExpired)
        #expect(status.age == .seconds(40))
        #expect(status.expiresAt == fixture.clock.now() - 10)
        #expect(status.holder?.contains(":") == true)
        #expect(try #require(status.nextFetchIn) > .seconds(20))
        #expect(status.refusalCode == nil)
        fixture.clock.advance(30)
        await #expect(throws: ClientError.self) { try await fixture.tokens().token() }
        #expect(try await fixture.tokens().status().refusalCode == 21_184_031)
    }
}
