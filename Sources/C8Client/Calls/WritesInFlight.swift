import C8HTTP
import Synchronization

/// Calls that may change something go on when whoever waits for them is stopped: cut off, nobody would know what became
/// of them. Whoever ends the program gives them a moment, and lets none begin any more.
final class WritesInFlight: Sendable {
    private struct State {
        var isClosing = false
        var next = 0
        /// Calls from their beginning until their outcome is known, and told where nobody waits for it.
        var calls: Set<Int> = []
        var requests: [Int: HTTPCancellation] = [:]
        /// Woken when the last call has ended.
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        /// Left before they could wait.
        var left: Set<Int> = []
    }

    /// After the cut, calls that were under way have their outcome at once; one that still has none is not waited for.
    private static let afterTheCut = Duration.seconds(1)

    private let state = Mutex(State())
    private let host: String

    /// - Parameter host: for messages.
    init(host: String) {
        self.host = host
    }

    /// A whole call, with all its attempts, begins; to be ended by ``end(_:)``. Throws when none may begin any more.
    func begin() throws(HTTPTransportError) -> Int {
        let number = state.withLock { state -> Int? in
            guard !state.isClosing else { return nil }
            state.next += 1
            state.calls.insert(state.next)
            return state.next
        }
        guard let number else { throw stopped }
        return number
    }

    /// The same of a call whose first request is sent at once; nil when none may begin any more.
    func begin(sending cancellation: HTTPCancellation) -> Int? {
        state.withLock { state in
            guard !state.isClosing else { return nil }
            state.next += 1
            state.calls.insert(state.next)
            state.requests[state.next] = cancellation
            return state.next
        }
    }

    /// That request has ended.
    func endRequest(_ call: Int) { state.withLock { _ = $0.requests.removeValue(forKey: call) } }

    func end(_ call: Int) {
        let waiting = state.withLock { state in
            state.calls.remove(call)
            state.requests[call] = nil
            guard state.calls.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for one in waiting { one.resume() }
    }

    /// Sends so that the present task's cancellation does not reach the request. Where that has come already, or the program
    /// ends, nothing is sent.
    func send(
        _ request: HTTPRequest, by transport: any HTTPTransport
    ) async throws(HTTPTransportError) -> HTTPResponse {
        guard !Task.isCancelled else { throw stopped }
        let cancellation = HTTPCancellation()
        let number = state.withLock { state -> Int? in
            guard !state.isClosing else { return nil }
            state.next += 1
            state.requests[state.next] = cancellation
            return state.next
        }
        guard let number else { throw stopped }
        defer { state.withLock { _ = $0.requests.removeValue(forKey: number) } }
        return try await transport.send(request, until: cancellation)
    }

    /// Lets no write begin any more, and waits until all have ended, outcome and all; what has not by then is cut.
    func drain(atMost grace: Duration) async {
        let isIdle = state.withLock { state in
            state.isClosing = true
            return state.calls.isEmpty
        }
        if isIdle { return }
        await waitUntilIdle(atMost: grace)
        for request in state.withLock({ Array($0.requests.values) }) { request.cancel() }
        await waitUntilIdle(atMost: Self.afterTheCut)
    }

    private var stopped: HTTPTransportError {
        HTTPTransportError(
            kind: .cancelled, sent: .notSent, host: host, message: "\(host): stopped before anything was sent")
    }

    private func waitUntilIdle(atMost bound: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.idle() }
            group.addTask { try? await Task.sleep(for: bound) }
            await group.next()
            group.cancelAll()
        }
    }

    private func idle() async {
        let number = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.calls.isEmpty || state.left.contains(number) { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.left.insert(number)
                return state.waiting.removeValue(forKey: number)
            }
            waiter?.resume()
        }
    }
}
