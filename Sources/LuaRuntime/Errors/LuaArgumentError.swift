/// An argument of a host call that has the wrong type or form; reaches the script with kind `invalid`.
public struct LuaArgumentError: Error, Sendable, LuaErrorConvertible {
    /// The function's name.
    public let function: String
    /// Of the argument, counted from 1; a method's object is not counted.
    public let position: Int
    /// What is wrong with it, as in `number expected, got nil`.
    public let problem: String

    /// `bad argument #1 to 'name' (problem)`.
    public var luaMessage: String { "bad argument #\(position) to '\(function)' (\(problem))" }
    /// `kind`.
    public var luaFields: [(String, LuaValue)] { [("kind", .string("invalid"))] }
}
