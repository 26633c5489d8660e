import C8Client
import Synchronization

/// The time of one file's tests: the machine's, until a test takes it over. Then it stands still, and moves as the test says.
final class TestClock: ClientClock {
    private struct Sleeper {
        let due: Double
        /// A task of the script sleeps here, and does nothing else.
        let isTask: Bool
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        /// Seconds since 1970 and the monotonic clock; nil while the machine's time counts.
        var own: (now: Double, monotonic: Double)?
        var isAutomatic = false
        var sleepers: [UInt64: Sleeper] = [:]
        var lastSleeper: UInt64 = 0
        /// Changes with everything that happens here.
        var activity = 0
    }

    /// Less is lost when it is added to the seconds since 1970: who waits for the rest of a time would wait for ever.
    private static let leastSleep = 1e-6

    private let machine = SystemClock()
    private let state = Mutex(State())

    func now() -> Double { state.withLock { $0.own?.now } ?? machine.now() }
    func monotonic() -> Double { state.withLock { $0.own?.monotonic } ?? machine.monotonic() }
    var bootID: String? { machine.bootID }

    /// For the tasks of a test: each that sleeps here is known to do nothing else.
    func sleep(seconds: Double) async throws { try await sleep(seconds: seconds, isTask: true) }

    /// The same time for everything else that waits.
    var background: any ClientClock { Background(clock: self) }

    private struct Background: ClientClock {
        let clock: TestClock

        func now() -> Double { clock.now() }
        func monotonic() -> Double { clock.monotonic() }
        var bootID: String? { clock.bootID }
        func sleep(seconds: Double) async throws { try await clock.sleep(seconds: seconds, isTask: false) }
    }

    private func sleep(seconds: Double, isTask: Bool) async throws {
        guard state.withLock({ $0.own != nil }) else { return try await machine.sleep(seconds: seconds) }
        let id = state.withLock { state in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let isOver = state.withLock { state -> Bool in
                    state.activity += 1
                    guard let own = state.own, seconds > 0, !Task.isCancelled else { return true }
                    state.sleepers[id] = Sleeper(
                        due: own.monotonic + max(seconds, Self.leastSleep), isTask: isTask, continuation: continuation)
                    return false
                }
                if isOver { continuation.resume() }
            }
            try Task.checkCancellation()
        } onCancel: {
            take(id)?.continuation.resume(throwing: CancellationError())
        }
    }

    private func take(_ id: UInt64) -> Sleeper? {
        state.withLock { state in
            state.activity += 1
            return state.sleepers.removeValue(forKey: id)
        }
    }

    // MARK: - What tests do with it

    /// Stops the time.
    ///
    /// - Parameter now: seconds since 1970; nil for the present.
    func take(now: Double?, isAutomatic: Bool) {
        let present = machine.now()
        let monotonic = machine.monotonic()
        state.withLock { state in
            let before = state.own
            state.own = (now ?? before?.now ?? present, before?.monotonic ?? monotonic)
            state.isAutomatic = isAutomatic
            state.activity += 1
        }
    }

    /// The machine's time counts again; who still waits for the other is cancelled.
    func giveBack() {
        let left = state.withLock { state -> [Sleeper] in
            state.own = nil
            state.isAutomatic = false
            state.activity += 1
            defer { state.sleepers = [:] }
            return Array(state.sleepers.values)
        }
        for sleeper in left { sleeper.continuation.resume(throwing: CancellationError()) }
    }

    var isAutomatic: Bool { state.withLock { $0.isAutomatic } }
    /// How many tasks of the test sleep.
    var sleeperCount: Int { state.withLock { $0.sleepers.values.count { $0.isTask } } }
    var activity: Int { state.withLock { $0.activity } }

    /// Goes on to the next moment that somebody waits for, and lets those go on who wait for it.
    ///
    /// - Parameter target: the monotonic time to go to where nobody waits before it; nil to stay.
    /// - Returns: whether somebody did.
    @discardableResult
    func step(to target: Double?) -> Bool {
        let due = state.withLock { state -> [Sleeper] in
            guard let own = state.own else { return [] }
            state.activity += 1
            let next = state.sleepers.values.map(\.due).min()
            guard let next, next <= target ?? .infinity else {
                if let target { Self.move(&state, own, to: target) }
                return []
            }
            Self.move(&state, own, to: next)
            let ids = state.sleepers.filter { $0.value.due <= max(next, own.monotonic) }.keys.sorted()
            return ids.compactMap { state.sleepers.removeValue(forKey: $0) }
        }
        for sleeper in due { sleeper.continuation.resume() }
        return !due.isEmpty
    }

    private static func move(_ state: inout State, _ own: (now: Double, monotonic: Double), to target: Double) {
        let seconds = max(0, target - own.monotonic)
        state.own = (own.now + seconds, own.monotonic + seconds)
    }
}
