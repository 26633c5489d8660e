import Synchronization

/// Ends a script that does not end by itself when its test's time is over.
final class TestWatch: Sendable {
    private struct State {
        var timer: Task<Void, Never>?
        var end: (@Sendable () -> Void)?
        var isOver = false
        var seconds = 0.0
    }

    /// How long a test that was told to end may take to do so.
    private static let grace = 2.0

    private let state = Mutex(State())

    /// - Parameter end: stops the script.
    func onEnd(_ end: @escaping @Sendable () -> Void) { state.withLock { $0.end = end } }

    /// Begins to watch.
    func set(_ seconds: Double) {
        let timer = Task { [weak self] in
            guard (try? await Task.sleep(for: .seconds(seconds + Self.grace))) != nil else { return }
            self?.strike(seconds)
        }
        state.withLock { state in
            state.timer?.cancel()
            state.timer = timer
        }
    }

    func clear() {
        state.withLock { state in
            state.timer?.cancel()
            state.timer = nil
        }
    }

    /// The seconds that were overrun; nil where nothing was.
    var overrun: Double? { state.withLock { $0.isOver ? $0.seconds : nil } }

    private func strike(_ seconds: Double) {
        let end = state.withLock { state in
            state.isOver = true
            state.seconds = seconds
            return state.end
        }
        end?()
    }
}
