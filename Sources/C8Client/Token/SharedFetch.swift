import Synchronization

/// One fetch that many wait for. A waiter that is cancelled leaves; the fetch goes on for the others.
final class SharedFetch: Sendable {
    private struct State {
        var result: Result<Token, ClientError>?
        var waiters: [Int: CheckedContinuation<Result<Token, ClientError>, Never>] = [:]
        var next = 0
        var left: Set<Int> = []
    }

    private let state = Mutex(State())

    func finish(_ result: Result<Token, ClientError>) {
        let waiters = state.withLock { state in
            state.result = result
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: result) }
    }

    func value() async throws(ClientError) -> Token {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state -> Result<Token, ClientError>? in
                    if let result = state.result { return result }
                    if state.left.contains(id) { return .failure(.cancelledWait) }
                    state.waiters[id] = continuation
                    return nil
                }
                if let ready { continuation.resume(returning: ready) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.left.insert(id)
                return state.waiters.removeValue(forKey: id)
            }
            waiter?.resume(returning: .failure(.cancelledWait))
        }
        return try result.get()
    }
}
