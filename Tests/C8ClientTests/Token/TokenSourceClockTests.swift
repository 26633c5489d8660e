import C8Client
import C8HTTP
import Synchronization
import Testing

/// Clocks that are set, and secrets and stores that take their time.
@Suite struct TokenSourceClockTests {
    @Test(arguments: [3600, -3600, 31_536_000, -31_536_000] as [Double])
    func clockThatIsSetNeitherKillsNorRevivesTheTokenInHand(jump: Double) async throws {
        let fixture = Fixture { _, number in .token("\(number)", ttl: 3600) }
        let tokens = fixture.tokens()
        _ = try await tokens.token()
        fixture.clock.set(by: jump)
        fixture.clock.advance(1800)
        #expect(try await tokens.token().value == Secret("1"))
        fixture.clock.advance(1801)
        #expect(try await tokens.token().value == Secret("2"))
        #expect(fixture.transport.tokenRequests == 2)
    }

    @Test func clockThatIsSetBackWhileWaitingDoesNotProlongTheWait() async throws {
        let fixture = Fixture { _, number in .token("\(number)") }
        let tokens = fixture.tokens()
        let first = try await tokens.token()
        fixture.clock.set(by: -86_400)
        let began = fixture.clock.monotonic()
        #expect(try await tokens.token(replacing: first).value == Secret("2"))
        #expect(fixture.clock.monotonic() - began < 75)
    }

    /// A program that prints the secret may be slow: the slot is not taken before it has.
    @Test func slowSecretDoesNotEatUpTheReservation() async throws {
        let clock = FakeClock()
        let store = MemoryTokenStore()
        let timeouts = Mutex<[Duration]>([])
        let transport = ScriptedTransport { request, _ in
            timeouts.withLock { $0.append(request.timeout) }
            return .token("a")
        }
        let configuration = ClientConfiguration(
            baseURL: "https://platform.example", accessKey: "key",
            credentials: {
                clock.advance(50)
                return Credentials(accessKey: "key", secretKey: Secret("secret"))
            })
        let tokens = TokenSource(
            configuration: configuration, transport: transport, store: { store }, clock: clock, logger: Fixture.silent)
        _ = try await tokens.token()
        #expect(timeouts.withLock { $0 } == [.seconds(10)])
    }

    /// As after SIGSTOP between reservation and call: others may hold the slot by now.
    @Test(arguments: [(4.0, 1), (9.5, 2), (3600, 2)])
    func reservationThatHasGrownOldIsNotUsed(delay: Double, reservations: Int) async throws {
        let clock = FakeClock()
        let store = SlowStore(clock: clock, delay: delay)
        let timeouts = Mutex<[Duration]>([])
        let fixture = Fixture(store: store) { request, _ in
            timeouts.withLock { $0.append(request.timeout) }
            return .token("a")
        }
        let tokens = TokenSource(
            configuration: fixture.configuration, transport: fixture.transport, store: { store }, clock: clock,
            logger: Fixture.silent)
        #expect(try await tokens.token().value == Secret("a"))
        #expect(store.reservations == reservations)
        #expect(timeouts.withLock { $0 } == [.seconds(reservations == 1 ? 10 - delay : 10)])
    }

    /// A store whose first reservation returns late.
    private final class SlowStore: TokenStore {
        private let inner = MemoryTokenStore()
        private let count = Mutex(0)
        private let clock: FakeClock
        private let delay: Double

        init(clock: FakeClock, delay: Double) {
            self.clock = clock
            self.delay = delay
        }

        var reservations: Int { count.withLock { $0 } }

        func read(_ key: TokenKey) async throws -> TokenRecord? { inner.read(key) }

        func reserve(_ key: TokenKey, seen: TokenRecord?, until: Moment, holder: String) async throws -> Int64? {
            let fence = inner.reserve(key, seen: seen, until: until, holder: holder)
            guard fence != nil else { return nil }
            let number = count.withLock { count in
                count += 1
                return count
            }
            if number == 1 { clock.advance(delay) }
            return fence
        }

        func publish(
            _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Moment, refusal: TokenRecord.Refusal?
        ) async throws {
            inner.publish(key, fence: fence, token: token, fetchAfter: fetchAfter, refusal: refusal)
        }

        func clear(_ key: TokenKey) async throws { inner.clear(key) }
    }
}
