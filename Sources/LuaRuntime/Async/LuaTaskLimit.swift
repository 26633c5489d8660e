/// More tasks at once than one script may have.
struct LuaTaskLimit: Error, LuaErrorConvertible {
    var luaMessage: String {
        "the script has \(LuaState.maximumTasks) tasks at once, and may not have more; task.each runs a bounded number"
    }
    var luaFields: [(String, LuaValue)] { [("kind", .string("limit"))] }
}
