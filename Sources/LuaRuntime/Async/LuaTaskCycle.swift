/// A task awaits others that cannot end before it: itself, one that waits for it, or any where no other task can run.
struct LuaTaskCycle: Error, LuaErrorConvertible {
    var luaMessage: String {
        "a task cannot await itself or the one that spawned it, nor can a finaliser await any: none would go on"
    }
    var luaFields: [(String, LuaValue)] { [("kind", .string("invalid"))] }
}
