/// Finds waits that nothing would ever end.
extension LuaState {
    /// What the running task would be in if it waited so: a cycle of tasks none of which could go on before another one.
    ///
    /// Only a wait that begins can close a cycle, so that each is looked at once. One that ends with the first of several
    /// tasks goes on where any of them can end.
    func cycle(waiting condition: TaskWait.Condition, for tasks: [LuaTask]) -> LuaTaskCycle? {
        guard let waiter = currentTask else { return nil }
        let search = TaskCycleSearch(waiter: waiter, condition: condition, tasks: tasks, state: self)
        return search.length.map { LuaTaskCycle(length: $0) }
    }
}
