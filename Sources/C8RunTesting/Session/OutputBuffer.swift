import Synchronization

/// What a script prints, kept up to a bound: the rest is only counted.
final class OutputBuffer: Sendable {
    private static let limit = 1 << 20

    private struct State {
        var bytes: [UInt8] = []
        var dropped = 0
    }

    private let state = Mutex(State())

    func append(_ bytes: [UInt8]) {
        state.withLock { state in
            let room = max(0, Self.limit - state.bytes.count)
            state.bytes += bytes.prefix(room)
            state.dropped += max(0, bytes.count - room)
        }
    }

    /// What was printed since the last time.
    func take() -> String {
        state.withLock { state in
            defer { state = State() }
            let text = String(decoding: state.bytes, as: UTF8.self)
            return state.dropped > 0 ? text + "… and \(state.dropped) bytes more\n" : text
        }
    }
}
