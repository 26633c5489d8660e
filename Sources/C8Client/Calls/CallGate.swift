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

    let maximumConcurrency: Int
    /// Seconds between the starts of two requests.
    private let interval: Double
    private let state = Mutex(State())

    /// - Parameters:
    ///   - maximumConcurrency: requests at a time.
    ///   - maximumRate: requests a second, evenly spaced, above 0; nil for any number.
    init(maximumConcurrency: Int, maximumRate: Double?) {
        self.maximumConcurrency = max(1, maximumConcurrency)
        interval = maximumRate.map { 1 / $0 } ?? 0
    }

    /// Requests that were let pass and have not ended.
    var underWay: Int { state.withLock { $0.underWay } }
    /// Requests that wait for others to end.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Returns when it is the request's turn; ``leave()`` must follow. Throws when the task is cancelled, or the time of the
    /// call would be over before.
    func enter(_ deadline: CallDeadline) async throws(ClientError) {
        if let number = placeOrNumber() {
            try await deadline.bound(waitingFor: "other requests to end (max_concurrency)") {
                await self.place(number) ? .success(()) : .failure(.cancelledWait)
            }
        }
        guard interval > 0 else { return }
        guard let pause = reservedPause(deadline) else {
            leave()
            throw deadline.over(waitingFor: "its turn among the requests (max_rate)")
        }
        guard pause > 0 else { return }
        do {
            try await deadline.clock.sleep(seconds: pause)
        } catch {
            leave()
            throw .cancelledWait
        }
    }

    /// Lets a request pass that would have to wait for nothing; ``leave()`` must follow where it may.
    func enterAtOnce() -> Bool {
        guard interval == 0 else { return false }
        return state.withLock { state in
            guard state.underWay < maximumConcurrency else { return false }
            state.underWay += 1
            return true
        }
    }

    /// Seconds until the next start, which is then taken; nil, and nothing taken, where that is too late.
    private func reservedPause(_ deadline: CallDeadline) -> Double? {
        let now = deadline.clock.monotonic()
        return state.withLock { state in
            let start = max(now, state.nextStart)
            guard start < deadline.end else { return nil }
            state.nextStart = start + interval
            return start - now
        }
    }

    /// Takes a free place, or gives the number to wait with.
    private func placeOrNumber() -> UInt64? {
        state.withLock { state in
            if state.underWay < maximumConcurrency {
                state.underWay += 1
                return nil
            }
            state.number += 1
            return state.number
        }
    }

    /// False where the task was cancelled while it waited.
    private func place(_ number: UInt64) async -> Bool {
        await withTaskCancellationHandler {
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
    func leave() {
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
