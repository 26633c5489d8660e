import CLuaBoundary

/// The tasks of a script: how they begin, go on, are cancelled and end.
extension LuaState {
    /// More tasks at once than any script needs; each costs some kilobytes.
    static let maximumTasks = 100_000

    /// A task that has not begun.
    func makeTask(
        _ function: LuaFunction, _ arguments: [LuaValue], parent: LuaTask?
    ) throws(LuaError) -> LuaTask {
        try check(function)
        // The root first: it may collect garbage, and a finaliser of the script may spawn tasks, whose numbers must not come after
        // this one's.
        let root = try newRoot()
        lastTask += 1
        let task = LuaTask(id: lastTask, root: root, parent: parent, phase: .new(function, arguments))
        tasks.append(task)
        stop.taskBegins(task.id)
        parent?.children[task.id] = task
        return task
    }

    /// Runs a task until it waits or ends.
    func advance(_ task: LuaTask) {
        let outer = currentTask
        currentTask = task
        let step: Step
        switch task.phase {
        case .new(let function, let arguments):
            task.phase = .running
            step = begin(function, arguments, in: task.root)
        case .waiting:
            task.phase = .running
            step = resume(task.root)
        case .running, .joining, .ended:
            currentTask = outer
            return
        }
        currentTask = outer
        let cancellation = endedTask()
        switch step {
        case .suspended(let operation):
            task.phase = .waiting(operation)
            operation.whenEnded(advancing(task))
        case .returned(let values): functionEnded(task, .success(values))
        case .failed(let error):
            if let cancellation, case .stopped = error.kind {
                functionEnded(task, .failure(LuaError(cancellation)))
            } else {
                functionEnded(task, .failure(error))
            }
        }
    }

    /// Whether the task that runs is over its time, and is to be ended where it is. Called from within Lua.
    ///
    /// One that was told so already has some time to clean up.
    func endsCurrentTask() -> Bool {
        guard let current = currentTask else { return false }
        var ancestor: LuaTask? = current
        while let task = ancestor {
            if task.expiry?.isOver == true {
                let toldAt = current.cancelledAt
                cancel(task)
                return toldAt.map { ContinuousClock.now - $0 >= TaskExpiry.patience } ?? true
            }
            ancestor = task.parent
        }
        return false
    }

    /// What the task that has just run was ended with, if it was.
    private func endedTask() -> LuaTaskCancelled? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { text in
            guard let start = text.baseAddress, clb_end_task(raw, start, text.count) else { return nil }
            let position = String(cString: start)
            return LuaTaskCancelled(at: position.isEmpty ? nil : position)
        }
    }

    /// What lets a task go on, from any thread.
    func advancing(_ task: LuaTask) -> @Sendable () -> Void {
        let confined = Confined(state: self, task: task)
        return { [thread] in
            thread?.perform { confined.state?.advance(confined.task) }
        }
    }

    /// Asks a task and all below it to end: what they wait for is cancelled, and they may wait for nothing else.
    func cancel(_ task: LuaTask) {
        guard !task.isCancelled, !task.hasEnded else { return }
        task.isCancelled = true
        task.cancelledAt = .now
        for child in task.children.values { cancel(child) }
        switch task.phase {
        case .new: end(task, .failure(LuaError(LuaTaskCancelled())))
        case .waiting(let operation): operation.cancel()
        case .running: task.blocking?.cancel()
        case .joining, .ended: break
        }
    }

    /// The error that a task has ended with, unless somebody has taken it before.
    func takeFailure(of id: UInt64) -> LuaError? {
        guard let failure = failures.removeValue(forKey: id) else { return nil }
        failure.parent.failed.remove(id)
        return failure.error
    }

    /// Whether nothing but the present task can go on or waits for anything outside of the script: to block the thread for a
    /// moment delays nobody then.
    ///
    /// There are no tasks but the present one's ancestors, and all that these wait for is another task.
    var isAlone: Bool {
        guard operations.count == waits.count else { return false }
        var count = 0
        var ancestor = currentTask
        while let task = ancestor {
            count += 1
            ancestor = task.parent
        }
        return count > 0 && count == tasks.count
    }

    /// Gives the tasks that one has spawned after a mark to a task that does nothing but to end with the last of them.
    ///
    /// - Parameter cancelling: they are to end soon, since what spawned them has failed.
    /// - Returns: nil where they have ended, and nobody has left a failure of theirs.
    func part(_ task: LuaTask, after mark: UInt64, cancelling: Bool) throws(LuaError) -> LuaTask? {
        let children = task.children.values.filter { $0.id > mark }
        let failed = task.failed.filter { $0 > mark }
        if children.isEmpty && failed.isEmpty { return nil }
        let end: LuaTask.End = cancelling ? .failure(LuaError(LuaTaskCancelled())) : .success([])
        let root = try newRoot()
        lastTask += 1
        let rest = LuaTask(id: lastTask, root: root, parent: task, phase: .joining(end))
        tasks.append(rest)
        stop.taskBegins(rest.id)
        task.children[rest.id] = rest
        for child in children {
            task.children[child.id] = nil
            rest.children[child.id] = child
            child.parent = rest
        }
        for id in failed {
            task.failed.remove(id)
            rest.failed.insert(id)
            failures[id]?.parent = rest
        }
        if cancelling { for child in children { cancel(child) } }
        endIfAlone(rest)
        return rest
    }

    // MARK: - Ends

    private func functionEnded(_ task: LuaTask, _ end: LuaTask.End) {
        task.phase = .joining(end)
        if case .failure = end {
            for child in task.children.values { cancel(child) }
        }
        endIfAlone(task)
    }

    /// A task ends with the last of those that it spawned; the first error among them that nobody asked for is its own.
    private func endIfAlone(_ task: LuaTask) {
        guard case .joining(var end) = task.phase, task.children.isEmpty else { return }
        let failed = task.failed.compactMap { failures.removeValue(forKey: $0) }.sorted { $0.number < $1.number }
        task.failed = []
        for error in failed.map(\.error) where !Self.isCancellation(error) {
            switch end {
            case .success: end = .failure(error)
            case .failure(let first):
                end = .failure(first.followed(by: error))
                onUnraised?(error)
            }
        }
        self.end(task, end)
    }

    private func end(_ task: LuaTask, _ end: LuaTask.End) {
        task.phase = .ended
        tasks.remove(task)
        task.expiry?.end()
        stop.taskEnds(task.id)
        var hasFailed = false
        if let parent = task.parent {
            parent.children[task.id] = nil
            if case .failure(let error) = end {
                hasFailed = true
                lastFailure += 1
                failures[task.id] = LuaTaskFailure(error: error, number: lastFailure, parent: parent)
                parent.failed.insert(task.id)
            }
        }
        let waits = task.waits.values
        task.waits = [:]
        for wait in waits { wait.noteEnd(of: task, failed: hasFailed) }
        task.onEnd?(end)
        task.onEnd = nil
        if let parent = task.parent {
            // A failure ends its siblings only where the parent's function is over; before, it is told to who awaits it.
            if hasFailed, case .joining = parent.phase, case .failure(let error) = end, !Self.isCancellation(error) {
                for child in parent.children.values { cancel(child) }
            }
            endIfAlone(parent)
        }
    }

    /// An error that a task was cancelled with is of no interest to who does not ask for it.
    private static func isCancellation(_ error: LuaError) -> Bool {
        guard case .table(let table) = error.value, case .string(let kind)? = table["kind"] else { return false }
        return kind.text == "cancelled"
    }
}

/// A task and its state on their way through a closure that may be called anywhere.
///
/// `@unchecked`: neither is touched by whoever carries it; the closure unwraps it on the script's thread alone, where
/// both live.
private final class Confined: @unchecked Sendable {
    private(set) weak var state: LuaState?
    let task: LuaTask

    init(state: LuaState, task: LuaTask) {
        self.state = state
        self.task = task
    }
}
