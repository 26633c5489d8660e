package import LuaRuntime

/// A value that has no JSON form.
package struct LuaJSONError: LuaErrorConvertible {
    let path: String
    let problem: String

    package var luaMessage: String { "cannot be JSON: \(path) \(problem)" }
    package var luaFields: [(String, LuaValue)] { [("kind", .string("invalid")), ("outcome", .string("not_sent"))] }
}
