import LuaRuntime

/// A function took longer than `task.timeout` gave it.
struct TaskTimeout: Error, LuaErrorConvertible {
    let seconds: Double
    /// `script.lua:12`, where it was ended while it waited for nothing.
    let position: String?

    var luaMessage: String { "not done within \(seconds) seconds\(position.map { ": it was ended at \($0)" } ?? "")" }
    var luaFields: [(String, LuaValue)] {
        [("kind", .string("timeout"))] + (position.map { [("position", .string($0))] } ?? [])
    }
}
