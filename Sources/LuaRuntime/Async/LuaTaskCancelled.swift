/// A task of a script was cancelled; reaches the script with kind `cancelled`.
package struct LuaTaskCancelled: Error, Sendable, LuaErrorConvertible {
    package init() {}

    package var luaMessage: String { "the task was cancelled" }
    package var luaFields: [(String, LuaValue)] { [("kind", .string("cancelled"))] }
}
