package import LuaRuntime

/// A value that has no JSON form.
package struct LuaJSONError: LuaErrorConvertible {
    /// Of the place in the value; built on the way back, so that values without an error cost no texts.
    private(set) var path = ""
    let problem: String

    init(problem: String) {
        self.problem = problem
    }

    /// The same, of a value that is a part of another.
    func below(_ step: String) -> LuaJSONError {
        var error = self
        error.path = step + path
        return error
    }

    package var luaMessage: String { "cannot be JSON: \(path) \(problem)" }
    package var luaFields: [(String, LuaValue)] { [("kind", .string("invalid")), ("outcome", .string("not_sent"))] }
}
