import LuaRuntime

/// A script uses a module as it cannot be used; raised by the module's Lua.
struct ScriptMistake: LuaErrorConvertible {
    let luaMessage: String
    var luaFields: [(String, LuaValue)] { [("kind", .string("invalid"))] }
}
