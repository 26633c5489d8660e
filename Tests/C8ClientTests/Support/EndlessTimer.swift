import C8Client
import Synchronization

/// A clock for deadlines alone: whoever sleeps by it wakes when the test says that the time is over.
final class EndlessTimer: ClientClock {
    private struct State {
        var next = 0
        var sleepers: [Int: CheckedContinuation<Void, any Error>] = [:]
        var left: Set<Int> = []
    }

    private let state = Mutex(State())

    func now() -> Double { 0 }
    func monotonic() -> Double { 0 }
    var bootID: String? { nil }

    /// How many sleep.
    var sleeping: Int { state.withLock { $0.sleepers.count } }

    /// The time of all who sleep is over.
    func fire() {
        let sleepers = state.withLock { state in
            defer { state.sleepers = [:] }
            return Array(state.sleepers.values)
        }
        for sleeper in sleepers { sleeper.resume() }
    }

    func sleep(seconds: Double) async throws {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let hasLeft = state.withLock { state in
                    if state.left.contains(number) { return true }
                    state.sleepers[number] = continuation
                    return false
                }
                if hasLeft { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.left.insert(number)
                return state.sleepers.removeValue(forKey: number)
            }
            sleeper?.resume(throwing: CancellationError())
        }
    }
}
