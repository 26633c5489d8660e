import LuaRuntime

/// A function took longer than `task.timeout` gave it.
struct TaskTimeout: Error, LuaErrorConvertible {
    let seconds: Double

    var luaMessage: String { "not done within \(seconds) seconds" }
    var luaFields: [(String, LuaValue)] { [("kind", .string("timeout"))] }
}
