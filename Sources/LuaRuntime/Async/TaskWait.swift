/// A task's wait for others. Confined to the script's thread.
final class TaskWait {
    enum Condition: String {
        /// One of them has ended.
        case any
        /// All of them have.
        case all
        /// All of them have, or one by an error.
        case success
        /// All of them have; a wait that no cancellation ends.
        case ended
    }

    let condition: Condition
    let operation: HostOperation
    /// Ends by itself after some time.
    let hasTimer: Bool
    /// Not ended yet.
    var remaining: [UInt64: LuaTask]
    /// Ends the wait early.
    var timer: Task<Void, Never>?

    init(_ condition: Condition, operation: HostOperation, for tasks: [LuaTask], hasTimer: Bool) {
        self.condition = condition
        self.operation = operation
        self.hasTimer = hasTimer
        remaining = Dictionary(tasks.map { ($0.id, $0) }, uniquingKeysWith: { task, _ in task })
        for task in tasks { task.waits[operation.id] = self }
    }

    /// One of the tasks has ended.
    func noteEnd(of task: LuaTask, failed: Bool) {
        remaining[task.id] = nil
        if condition == .any || remaining.isEmpty || condition == .success && failed {
            operation.finish(.success([.boolean(true)]))
        }
    }

    /// Nobody waits any more.
    func end() {
        timer?.cancel()
        for task in remaining.values { task.waits[operation.id] = nil }
    }
}
