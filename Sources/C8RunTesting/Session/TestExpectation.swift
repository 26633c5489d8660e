import LuaRuntime

/// Something is not as a test expects it.
struct TestExpectation: Error, LuaErrorConvertible {
    let luaMessage: String

    var luaFields: [(String, LuaValue)] { [("kind", .string("expectation"))] }
}
