/// Host functions about the tasks of the script that calls them, for the Lua side of a task module to be made of.
package enum TaskFunctions {
    /// By name: `spawn`, `wait`, `status`, `take`, `cancel`, `current`, `children`, `tag`, `pause`,
    /// `is_cancelled`, `enter`, `exit`.
    package static let all: [(String, LuaValue)] = [
        ("spawn", .hostFunction(spawn)), ("wait", .hostFunction(wait)), ("status", .hostFunction(status)),
        ("take", .hostFunction(take)),
        ("cancel", .hostFunction(cancel)), ("current", .hostFunction(current)), ("tag", .hostFunction(tag)),
        ("children", .hostFunction(children)), ("pause", .hostFunction(pause)),
        ("is_cancelled", .hostFunction(isCancelled)), ("enter", .hostFunction(enter)), ("exit", .hostFunction(exit)),
    ]

    /// `spawn(function)` → id. The task begins when the present one waits or ends, and is a child of it.
    private static let spawn = HostFunction.onState("spawn") { state, arguments in
        guard let parent = state.currentTask else {
            throw arguments.error(1, "a task can only be spawned by a running script")
        }
        if parent.isCancelled { throw LuaTaskCancelled() }
        guard state.tasks.count < LuaState.maximumTasks else { throw LuaTaskLimit() }
        let task = try state.makeTask(try arguments.function(1), [], parent: parent)
        state.advancing(task)()
        return .values([.integer(Int64(clamping: task.id))])
    }

    /// `wait(condition, seconds or nil, {id, …})`: true once the condition holds, false when the time is over before. Then the
    /// tasks should end: they are cancelled where they wait for nothing.
    private static let wait = HostFunction.onState("wait") { state, arguments in
        let word = try arguments.text(1)
        guard let condition = TaskWait.Condition(rawValue: word) else {
            throw arguments.error(1, "no such condition")
        }
        let seconds = arguments.isNone(2) ? nil : try arguments.number(2)
        let ids = try arguments.table(3).array.compactMap(Self.id)
        var pending: [LuaTask] = []
        var isFulfilled = false
        for id in ids {
            if let task = state.tasks[id] {
                try state.checkAwaitable(task)
                pending.append(task)
            } else if condition == .any || condition == .success && state.failures[id] != nil {
                isFulfilled = true
            }
        }
        if isFulfilled || pending.isEmpty { return .values([.boolean(true)]) }
        // Whoever has cancelled others waits for their end, though cancelled itself.
        let mayBeCancelled = condition != .ended
        if mayBeCancelled, state.currentTask?.isCancelled == true { throw LuaTaskCancelled() }
        if seconds == nil, let cycle = state.cycle(waiting: condition, for: pending) { throw cycle }
        let operation = state.beginOperation(endsWhenCancelled: mayBeCancelled)
        let wait = TaskWait(condition, operation: operation, for: pending, hasTimer: seconds != nil)
        if let seconds {
            let expiry = TaskExpiry()
            for task in pending { task.expiry = expiry }
            wait.timer = Task { [sleep = state.sleep, stop = state.stop] in
                try? await sleep(max(0, min(seconds, 1e9)))
                // Before whoever waits goes on, and cancels this.
                if !Task.isCancelled { expiry.expire(stop) }
                operation.finish(.success([.boolean(false)]))
            }
        }
        state.waits[operation.id] = wait
        return .operation(operation)
    }

    /// `status(id)` → `running`, `failed`, or `ended`: also for a task whose failure somebody has taken.
    private static let status = HostFunction.onState("status") { state, arguments in
        let id = UInt64(clamping: try arguments.integer(1))
        let word = state.tasks[id] != nil ? "running" : state.failures[id] != nil ? "failed" : "ended"
        return .values([.string(word)])
    }

    private static func id(_ value: LuaValue) -> UInt64? {
        if case .integer(let number) = value { return UInt64(clamping: number) }
        return nil
    }

    /// `take(id)`: raises the error that a task has ended with, once.
    private static let take = HostFunction.onState("take") { state, arguments in
        let id = UInt64(clamping: try arguments.integer(1))
        if let failure = state.takeFailure(of: id) { throw failure }
        return .values([])
    }

    /// `cancel(id)`: also a task that has ended, which is nothing.
    private static let cancel = HostFunction.onState("cancel") { state, arguments in
        if let task = state.tasks[UInt64(clamping: try arguments.integer(1))] { state.cancel(task) }
        return .values([])
    }

    /// `current()` → id, and the parent's id.
    private static let current = HostFunction.direct("current") { call in
        guard let task = call.state.currentTask else { return try call.append(Int64(0)) }
        try call.append(Int64(clamping: task.id))
        try call.append(task.parent.map { .integer(Int64(clamping: $0.id)) } ?? .nil)
    }

    /// `is_cancelled()`: whether the present task is, so that it can wait for nothing any more.
    private static let isCancelled = HostFunction.onState("is_cancelled") { state, _ in
        .values([.boolean(state.currentTask?.isCancelled == true)])
    }

    /// `children()`: how many of the tasks that the present one has spawned run on, and were not told to end.
    private static let children = HostFunction.onState("children") { state, _ in
        .values([.integer(Int64(state.currentTask?.children.values.count { !$0.isCancelled } ?? 0))])
    }

    /// `pause()`: lets every task that can go on do so first.
    private static let pause = HostFunction.onState("sleep") { state, _ in
        if state.currentTask?.isCancelled == true { throw LuaTaskCancelled() }
        guard let thread = state.thread else { return .values([]) }
        let operation = state.beginOperation(endsWhenCancelled: true)
        // Behind what waits for the thread already.
        thread.perform { operation.finish(.success([])) }
        return .operation(operation)
    }

    /// `tag()` → number; `tag(number)` sets the present task's, for it and for those that it spawns from now on.
    private static let tag = HostFunction.direct("tag") { call in
        let task = call.state.currentTask
        if call.argumentCount == 0 { return try call.append(task?.tag ?? 0) }
        task?.tag = try call.integer(1)
    }

    /// `enter(number)` → the present task's tag, which then is that number, and a mark of this moment. For a function that is
    /// to run in the present task as if it were one of its own: `exit` has to follow it.
    private static let enter = HostFunction.direct("enter") { call in
        let (state, tag) = (call.state, try call.integer(1))
        try call.append(state.currentTask?.tag ?? 0)
        try call.append(Int64(clamping: state.lastTask))
        state.currentTask?.tag = tag
    }

    /// `exit(tag, mark, whether it has failed)` → the id of a task that ends with the last of those that the present one has
    /// spawned since the mark, or nothing where none is left and each failure was taken.
    private static let exit = HostFunction.direct("exit") { call in
        let (state, tag, mark) = (call.state, try call.integer(1), try call.integer(2))
        guard let task = state.currentTask else { return }
        task.tag = tag
        guard state.lastTask > UInt64(clamping: mark) else { return }
        let hasFailed = try call.arguments()[3].boolean == true
        if let rest = try state.part(task, after: UInt64(clamping: mark), cancelling: hasFailed) {
            try call.append(Int64(clamping: rest.id))
        }
    }
}

extension LuaState {
    /// Whoever waits for one that cannot end before itself would wait for ever.
    fileprivate func checkAwaitable(_ task: LuaTask) throws(LuaTaskCycle) {
        var ancestor = currentTask
        var length = 1
        while let present = ancestor {
            if present === task { throw LuaTaskCycle(length: length) }
            length += 1
            ancestor = present.parent
        }
    }
}
