/// An argument of a host call that has the wrong type or form; reaches the script with kind `invalid`.
package struct LuaArgumentError: Error, Sendable, LuaErrorConvertible {
    package let function: String
    package let position: Int
    package let problem: String

    package var luaMessage: String { "bad argument #\(position) to '\(function)' (\(problem))" }
    package var luaFields: [(String, LuaValue)] { [("kind", .string("invalid"))] }
}
