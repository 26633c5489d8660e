/// A task awaits others that cannot end before it: itself, one that waits for it, or any where no other task can run.
struct LuaTaskCycle: Error, LuaErrorConvertible {
    /// How many tasks wait for one another, the one that was to wait included; nil for a wait in a finaliser.
    let length: Int?

    var luaMessage: String {
        switch length {
        case 1?: "task.await: would wait for itself: a task cannot await its own end"
        case let length?:
            "task.await: would wait for itself: a cycle of \(length) tasks, each of which awaits the next one or spawned it"
        case nil: "task.await: a finaliser cannot await a task: no other task goes on meanwhile"
        }
    }
    var luaFields: [(String, LuaValue)] { [("kind", .string("invalid"))] }
}
