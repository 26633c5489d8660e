import Synchronization

/// Lets requests pass at most so many at a time, and so many a second, in the order in which they came.
final class CallGate: Sendable {
    private struct Waiter {
        let number: UInt64
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var underWay = 0
        var number: UInt64 = 0
        var waiting: [Waiter] = []
        /// When the next request may start, by the monotonic clock.
        var nextStart = -Double.infinity
    }

    private let maximumConcurrency: Int
    /// Seconds between the starts of two requests.
    private let interval: Double
    private let state = Mutex(State())

    /// - Parameters:
    ///   - maximumConcurrency: requests at a time; nil for any number.
    ///   - maximumRate: requests a second, evenly spaced; nil for any number.
    init(maximumConcurrency: Int?, maximumRate: Double?) {
        self.maximumConcurrency = max(1, maximumConcurrency ?? .max)
        interval = maximumRate.map { 1 / $0 } ?? 0
    }

    /// Requests that were let pass and have not ended.
    var underWay: Int { state.withLock { $0.underWay } }
    /// Requests that wait for others to end.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Runs the body when it is its turn.
    func pass<Value: Sendable>(
        _ clock: any ClientClock, _ body: () async throws(ClientError) -> Value
    ) async throws(ClientError) -> Value {
        guard await enter() else { throw .cancelledWait }
        defer { leave() }
        let pause = interval > 0 ? reservedPause(now: clock.monotonic()) : 0
        if pause > 0 {
            do { try await clock.sleep(seconds: pause) } catch { throw .cancelledWait }
        }
        return try await body()
    }

    private func reservedPause(now: Double) -> Double {
        state.withLock { state in
            let start = max(now, state.nextStart)
            state.nextStart = start + interval
            return start - now
        }
    }

    /// False where the task was cancelled while it waited.
    private func enter() async -> Bool {
        let number = state.withLock { state -> UInt64? in
            if state.underWay < maximumConcurrency {
                state.underWay += 1
                return nil
            }
            state.number += 1
            return state.number
        }
        guard let number else { return true }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    // Under the lock: a cancellation is either seen here, or finds the waiter below.
                    if Task.isCancelled { return false }
                    if state.underWay < maximumConcurrency {
                        state.underWay += 1
                        return true
                    }
                    state.waiting.append(Waiter(number: number, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: false)
        }
    }

    /// Hands the place to whoever has waited longest.
    private func leave() {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiting.isEmpty else {
                state.underWay -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume(returning: true)
    }
}
