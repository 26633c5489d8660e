import AsyncHTTPClient
import NIOCore
import Synchronization

/// The bodies that are being sent in pieces. A piece that is written to a loop that has ended ends the process: so the loops
/// of the connections go on until the last of these has ended.
final class BodyStreams: Sendable {
    private struct State {
        var count = 0
        /// Where their ends are told: one that never ends. Nil while there was none.
        var loop: (any EventLoop)?
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Sends one; called on the loop of its connection.
    func run(_ body: @escaping @Sendable () async throws -> Void) -> EventLoopFuture<Void> {
        let loop = state.withLock { state in
            state.count += 1
            let loop = state.loop ?? HTTPClient.defaultEventLoopGroup.any()
            state.loop = loop
            return loop
        }
        let end = loop.makeFutureWithTask(body)
        end.whenComplete { _ in self.ended() }
        return end
    }

    private func ended() {
        let waiting = state.withLock { state in
            state.count -= 1
            guard state.count == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns once none is under way. Their requests have to have ended, so that nothing holds them up.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.count > 0 { state.waiting.append(continuation) }
                return state.count == 0
            }
            if isOver { continuation.resume() }
        }
        // The last one's end is told to its connection's loop by what this loop does before this.
        try? await state.withLock { $0.loop }?.submit {}.get()
    }
}
