import LuaRuntime

/// How a session reads and writes globals: functions made before any text of the session's has run, so that none can change
/// what they do.
struct SessionGlobals {
    static let chunk = EmbeddedChunk(Array(source.utf8), name: EmbeddedLibrary.chunkName("c8/_session"))

    private static let source = """
        local rawget, rawset, globals = rawget, rawset, _G
        return function(name) return rawget(globals, name) end, function(name, value) rawset(globals, name, value) end
        """

    let get: LuaFunction
    let set: LuaFunction

    /// - Parameter values: what ``chunk`` returned.
    init(_ values: [LuaValue]) throws(LuaError) {
        guard values.count == 2, let get = values[0].function, let set = values[1].function else {
            throw LuaError.ended("the session could not be set up")
        }
        self.get = get
        self.set = set
    }
}
