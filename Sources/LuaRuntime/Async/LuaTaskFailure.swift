/// What a task has ended with that nobody has asked for yet. Confined to the script's thread.
struct LuaTaskFailure {
    let error: LuaError
    /// Failures count from 1, in the order in which their tasks ended.
    let number: UInt64
    /// The task's parent: told of its failure at the latest when it ends itself.
    unowned var parent: LuaTask
}
