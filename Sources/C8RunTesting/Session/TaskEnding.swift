import Synchronization

/// Ends something that may not have begun yet: then as soon as it does.
final class TaskEnding: Sendable {
    private struct State {
        var action: (@Sendable () -> Void)?
        var isOver = false
    }

    private let state = Mutex(State())

    func set(_ action: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state -> Bool in
            state.action = action
            return state.isOver
        }
        if isOver { action() }
    }

    func end() {
        let action = state.withLock { state -> (@Sendable () -> Void)? in
            state.isOver = true
            return state.action
        }
        action?()
    }
}
