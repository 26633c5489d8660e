/// The search for a cycle that a task's wait would close. Confined to the script's thread.
struct TaskCycleSearch {
    /// What a task needs before it can go on, and before it can end.
    private struct Needs {
        /// All of these must end, or any of them where the wait is for the first.
        var ends: [LuaTask] = []
        var isAny = false
        /// A task in whose frames this one's lie must go on first.
        var above: LuaTask?
    }

    /// How many tasks the cycle has; nil where there is none.
    let length: Int?

    init(waiter: LuaTask, condition: TaskWait.Condition, tasks: [LuaTask], state: LuaState) {
        var needs: [UInt64: Needs] = [:]
        var reached: [UInt64: LuaTask] = [:]
        var from: [UInt64: LuaTask] = [:]
        var queue = [waiter]
        var at = 0
        var closes = false
        while at < queue.count {
            let task = queue[at]
            at += 1
            guard reached.updateValue(task, forKey: task.id) == nil else { continue }
            let isWaiter = task === waiter
            let own = isWaiter ? Needs(ends: tasks, isAny: condition == .any) : Self.needs(of: task, state)
            needs[task.id] = own
            for next in own.ends + [own.above].compactMap(\.self) + (isWaiter ? [] : Array(task.children.values)) {
                if next === waiter { closes = true }
                if from[next.id] == nil { from[next.id] = task }
                queue.append(next)
            }
        }
        // Most waits lead to tasks that wait for no other.
        guard closes, !Self.canGoOn(waiter, reached, needs) else {
            length = nil
            return
        }
        var count = 1
        var task = from[waiter.id]
        while let present = task, present !== waiter {
            count += 1
            task = from[present.id]
        }
        length = count
    }

    private static func needs(of task: LuaTask, _ state: LuaState) -> Needs {
        var needs = Needs()
        if let place = state.blocked.firstIndex(where: { $0 === task }), place + 1 < state.blocked.count {
            needs.above = state.blocked[place + 1]
        }
        var operation = task.blocking
        if case .waiting(let waited) = task.phase { operation = waited }
        guard let operation, operation.outcome == nil, let wait = state.waits[operation.id], !wait.hasTimer else {
            return needs
        }
        needs.ends = Array(wait.remaining.values)
        needs.isAny = wait.condition == .any
        return needs
    }

    /// Assumes of every task that waits for none that it can end, and draws from it which others can.
    private static func canGoOn(_ waiter: LuaTask, _ tasks: [UInt64: LuaTask], _ needs: [UInt64: Needs]) -> Bool {
        var goesOn: Set<UInt64> = []
        var ends: Set<UInt64> = []
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for task in tasks.values {
                guard let own = needs[task.id] else { continue }
                if !goesOn.contains(task.id), own.above.map({ goesOn.contains($0.id) }) ?? true,
                    own.ends.isEmpty
                        || (own.isAny
                            ? own.ends.contains { ends.contains($0.id) } : own.ends.allSatisfy { ends.contains($0.id) })
                {
                    goesOn.insert(task.id)
                    hasChanged = true
                }
                if goesOn.contains(task.id), !ends.contains(task.id),
                    task.children.values.allSatisfy({ ends.contains($0.id) })
                {
                    ends.insert(task.id)
                    hasChanged = true
                }
            }
            if goesOn.contains(waiter.id) { return true }
        }
        return false
    }
}
