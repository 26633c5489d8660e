import C8Client
import C8HTTP
import Synchronization
import Testing

/// Whatever is done to the machine's clock, by a stopwatch elsewhere two calls of get-token are never closer than the interval,
/// and nobody waits longer than a reservation lasts.
@Suite struct ClockStepTests {
    enum Event: Sendable, Hashable {
        case step(Double)
        case suspend(Double)
        case reboot(Double)

        func happen(to clock: FakeClock) {
            switch self {
            case .step(let seconds): clock.set(by: seconds)
            case .suspend(let seconds): clock.advance(seconds)
            case .reboot(let seconds): clock.reboot(taking: seconds)
            }
        }

        static let all: [Event] =
            [1, -1, 100, -100, 3600, -3600, 86_400, -86_400].map { .step($0) }
            + [.suspend(5), .suspend(3600), .reboot(4), .reboot(30), .reboot(300)]
    }

    enum Phase: Sendable, CaseIterable {
        case beforeTheFetch
        case duringTheFetch
        case afterTheFetch
    }

    /// What the platform was asked, by the stopwatch: from when a request was sent until it was answered.
    private final class Ledger: Sendable {
        struct Fetch { let began: Double, ended: Double }
        private let entries = Mutex<[Fetch]>([])
        var fetches: [Fetch] { entries.withLock { $0 } }
        func note(_ began: Double, _ ended: Double) {
            entries.withLock { $0.append(Fetch(began: began, ended: ended)) }
        }
    }

    private static let longestWait = 60 + 10 + 0.25 + 0.01

    @Test(arguments: Event.all, Phase.allCases)
    func intervalIsKeptAndNobodyWaitsLonger(event: Event, phase: Phase) async throws {
        let clock = FakeClock()
        let store = MemoryTokenStore()
        let ledger = Ledger()
        let happened = Mutex(false)
        let happensDuringFetch = phase == .duringTheFetch
        let fixture = Fixture(store: store, clock: clock) { _, number in
            let began = clock.real
            clock.advance(2)
            let isFirst = happened.withLock { happened in
                defer { happened = true }
                return !happened
            }
            if isFirst, happensDuringFetch { event.happen(to: clock) }
            ledger.note(began, clock.real)
            return .token("\(number)", ttl: 28_800)
        }
        if phase == .beforeTheFetch { event.happen(to: clock) }
        let one = fixture.tokens()
        let first = try await one.token()
        if phase == .afterTheFetch { event.happen(to: clock) }

        // What was fetched is good, here and for others, but for a clock that was set across a start of the machine.
        let isReboot = if case .reboot = event { true } else { false }
        if !isReboot || phase != .duringTheFetch { #expect(try await one.token() == first) }
        #expect(try await fixture.tokens().token().value == first.value, "dead on arrival")
        #expect(ledger.fetches.count == 1)

        // Another process finds the token refused, at once and again and again.
        var refused = first
        for _ in 0..<3 {
            let began = clock.real
            refused = try await fixture.tokens().token(replacing: refused)
            #expect(clock.real - began <= Self.longestWait + 2)
        }
        let fetches = ledger.fetches
        #expect(fetches.count == 4)
        for (earlier, later) in zip(fetches, fetches.dropFirst()) {
            #expect(later.began - earlier.ended >= 60 - 1e-6, "\(later.began - earlier.ended)")
        }
    }

    /// Somebody dies with the slot taken, and then the clock is set.
    @Test(arguments: Event.all)
    func reservationOfADeadProcessHoldsNoLongerThanItShould(event: Event) async throws {
        let clock = FakeClock()
        let fixture = Fixture(clock: clock) { _, _ in .token("a") }
        let until = clock.moment.advanced(by: 70.25)
        _ = try await fixture.store.reserve(fixture.key, seen: nil, until: until, holder: "elsewhere:1")
        let taken = clock.real
        event.happen(to: clock)
        let began = clock.real
        #expect(try await fixture.tokens().token().value == Secret("a"))
        #expect(clock.real - began <= Self.longestWait)
        #expect(clock.real - taken >= 70.25 - 1e-6)
    }

    /// Where the starts of the machine cannot be told apart, a clock that is set costs the interval at worst, and no call.
    @Test(arguments: Event.all, Phase.allCases)
    func withoutABootIDEveryCallStillGetsAToken(event: Event, phase: Phase) async throws {
        let clock = FakeClock(boot: nil)
        let isFirst = Mutex(true)
        let fixture = Fixture(clock: clock) { _, number in
            if phase == .duringTheFetch, isFirst.withLock({ $0 }) { event.happen(to: clock) }
            isFirst.withLock { $0 = false }
            return .token("\(number)")
        }
        if phase == .beforeTheFetch { event.happen(to: clock) }
        let tokens = fixture.tokens()
        let first = try await tokens.token()
        if phase == .afterTheFetch { event.happen(to: clock) }
        let began = clock.real
        _ = try await fixture.tokens().token()
        _ = try await fixture.tokens().token(replacing: first)
        #expect(clock.real - began <= 2 * Self.longestWait)
    }
}
