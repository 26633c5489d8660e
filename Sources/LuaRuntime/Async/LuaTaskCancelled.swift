/// A task of a script was cancelled; reaches the script with kind `cancelled`.
package struct LuaTaskCancelled: Error, Sendable, LuaErrorConvertible {
    /// `script.lua:12`, where a task was ended that waited for nothing.
    package let position: String?

    package init(at position: String? = nil) {
        self.position = position
    }

    package var luaMessage: String { "the task was cancelled\(position.map { " at \($0)" } ?? "")" }
    package var luaFields: [(String, LuaValue)] {
        [("kind", .string("cancelled"))] + (position.map { [("position", .string($0))] } ?? [])
    }
}
