import LuaRuntime

/// A field of an object that is not there, or not to be set; reaches the script with kind `invalid`.
struct ScriptTypeFieldError: LuaErrorConvertible {
    let luaMessage: String
    var luaFields: [(String, LuaValue)] { [("kind", "invalid")] }

    init(_ message: String) {
        luaMessage = message
    }
}
