/// A Swift error that says how a script sees it: a readable message and named fields, `kind` among them.
///
/// ```swift
/// struct OutOfStock: LuaErrorConvertible {
///     let sku: String
///     var luaMessage: String { "\(sku) is out of stock" }
///     var luaFields: [(String, LuaValue)] { [("kind", "out_of_stock"), ("sku", .string(sku))] }
/// }
/// ```
///
/// Any other error reaches scripts as its description, with kind `host`.
public protocol LuaErrorConvertible: Error {
    /// What `tostring(error)` gives, after the script's position.
    var luaMessage: String { get }
    /// Further fields of the error's table; `message` is there already.
    var luaFields: [(String, LuaValue)] { get }
}
