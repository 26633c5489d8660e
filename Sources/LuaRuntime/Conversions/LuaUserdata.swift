/// A class or actor whose instances Lua holds as userdata: a module describes what scripts may do with them.
///
/// ```swift
/// final class Counter: LuaUserdata { … }
/// ```
///
/// An object that comes back from Lua is the same one, and one that goes to Lua twice is one value there.
public protocol LuaUserdata: AnyObject, Sendable, LuaConvertible {}

extension LuaUserdata {
    /// The name of the Swift type.
    public static var luaTypeName: String { "\(Self.self)" }
    /// The object as userdata.
    public func luaValue() -> LuaValue { .object(LuaObject(self)) }
    /// The object behind a userdata.
    public static func fromLua(_ value: LuaValue) throws -> Self {
        guard let object = value.object(as: Self.self) else {
            throw LuaConversionError(expected: luaTypeName, got: value)
        }
        return object
    }
}
