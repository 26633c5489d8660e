import LuaRuntime

/// A value that has no JSON form.
struct LuaJSONError: LuaErrorConvertible {
    let path: String
    let problem: String

    var luaMessage: String { "cannot be JSON: \(path) \(problem)" }
    var luaFields: [(String, LuaValue)] { [("kind", .string("invalid")), ("outcome", .string("not_sent"))] }
}
