import LuaRuntime

/// A function of `c8.test` was called with what it cannot take.
struct TestMisuse: Error, LuaErrorConvertible {
    let luaMessage: String

    init(_ message: String) { luaMessage = message }

    var luaFields: [(String, LuaValue)] { [("kind", .string("invalid"))] }
}
