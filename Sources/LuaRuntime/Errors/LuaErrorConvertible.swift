/// A Swift error that says how a script sees it: a readable message and named fields, `kind` among them.
package protocol LuaErrorConvertible: Error {
    var luaMessage: String { get }
    var luaFields: [(String, LuaValue)] { get }
}
