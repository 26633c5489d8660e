import Synchronization

/// The bound on a task's time, and on that of all tasks that it spawns.
///
/// Whoever waits for something is cancelled by the Lua that set the bound. Who waits for nothing leaves that no chance to
/// run: the script is asked every now and then who it is that runs, until the task has ended.
final class TaskExpiry: Sendable {
    private enum State {
        case running
        case over
        case ended
    }

    /// How often the script is asked.
    private static let interval = Duration.milliseconds(50)
    /// How long a task may run on that was told, for what it has to clean up.
    static let patience = Duration.seconds(1)

    private let state = Mutex(State.running)

    /// Whether the time is over.
    var isOver: Bool { state.withLock { $0 == .over } }

    /// The time is over.
    func expire(_ stop: ScriptStop) {
        let isFirst = state.withLock { state in
            guard state == .running else { return false }
            state = .over
            return true
        }
        guard isFirst else { return }
        Task {
            while isOver {
                try? await Task.sleep(for: Self.interval)
                if isOver { stop.ask() }
            }
        }
    }

    /// The task has ended.
    func end() { state.withLock { $0 = .ended } }
}
