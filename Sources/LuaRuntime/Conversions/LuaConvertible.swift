/// A Swift type whose values can go to Lua and come back.
///
/// `Bool`, all integers, `Double`, `Float`, `String`, `LuaString`, arrays, dictionaries with `String` keys, optionals and the
/// types of this library do so by themselves. Types of your own conform to ``LuaCodable`` when they are data, and to
/// ``LuaUserdata`` when they are objects that Lua should hold.
///
/// Nothing is coerced: the string `"10"` is no number here, and 1.5 no integer.
public protocol LuaConvertible: LuaParameter, LuaResult {
    /// What errors call the type: `number`, `Order`.
    static var luaTypeName: String { get }

    /// The value as Lua sees it.
    func luaValue() throws -> LuaValue

    /// The value that Lua gave.
    ///
    /// - Throws: ``LuaConversionError`` where it is of another type.
    static func fromLua(_ value: LuaValue) throws -> Self
}

extension LuaConvertible {
    /// Takes one argument.
    public static func take(from arguments: inout LuaArgumentReader) throws -> Self {
        try arguments.next(as: Self.self)
    }

    /// Gives one result.
    public func append(to results: inout [LuaValue]) throws {
        results.append(try luaValue())
    }

    /// Gives one result.
    public func write(to call: inout LuaCall) throws {
        try call.append(try luaValue())
    }
}
