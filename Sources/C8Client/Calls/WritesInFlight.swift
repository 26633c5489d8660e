import C8HTTP
import Synchronization

/// Requests that may change something go on when whoever waits for them is stopped: cut off, nobody would know what became
/// of them. Whoever ends the program gives them a moment.
final class WritesInFlight: Sendable {
    private struct State {
        var next = 0
        var tasks: [Int: Task<Result<HTTPResponse, HTTPTransportError>, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Sends in a task of its own, which the present one's cancellation does not reach.
    func send(
        _ request: HTTPRequest, by transport: any HTTPTransport
    ) async throws(HTTPTransportError) -> HTTPResponse {
        let (number, task) = state.withLock { state in
            let task = Task { () -> Result<HTTPResponse, HTTPTransportError> in
                do throws(HTTPTransportError) {
                    return .success(try await transport.send(request))
                } catch {
                    return .failure(error)
                }
            }
            state.next += 1
            state.tasks[state.next] = task
            return (state.next, task)
        }
        let result = await task.value
        state.withLock { _ = $0.tasks.removeValue(forKey: number) }
        return try result.get()
    }

    /// Waits until all have ended; what has not by then is cut.
    func drain(atMost grace: Duration) async {
        let tasks = state.withLock { Array($0.tasks.values) }
        guard !tasks.isEmpty else { return }
        let cut = Task {
            try? await Task.sleep(for: grace)
            for task in tasks { task.cancel() }
        }
        for task in tasks { _ = await task.value }
        cut.cancel()
    }
}
