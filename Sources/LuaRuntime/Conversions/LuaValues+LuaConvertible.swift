extension LuaValue: LuaConvertible {
    /// Anything.
    public static var luaTypeName: String { "value" }
    /// Itself.
    public func luaValue() -> LuaValue { self }
    /// Itself.
    public static func fromLua(_ value: LuaValue) -> LuaValue { value }
}

extension LuaTable: LuaConvertible {
    /// `table`.
    public static var luaTypeName: String { "table" }
    /// The table.
    public func luaValue() -> LuaValue { .table(self) }
    /// A copy of the table.
    public static func fromLua(_ value: LuaValue) throws -> LuaTable {
        guard let table = value.table else { throw LuaConversionError(expected: luaTypeName, got: value) }
        return table
    }
}

extension LuaFunction: LuaConvertible {
    /// `function`.
    public static var luaTypeName: String { "function" }
    /// The function.
    public func luaValue() -> LuaValue { .function(self) }
    /// The function, to be called now or later.
    public static func fromLua(_ value: LuaValue) throws -> LuaFunction {
        guard let function = value.function else { throw LuaConversionError(expected: luaTypeName, got: value) }
        return function
    }
}
