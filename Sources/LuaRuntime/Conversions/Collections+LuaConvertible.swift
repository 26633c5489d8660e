extension Optional: LuaParameter, LuaResult, LuaConvertible where Wrapped: LuaConvertible {
    /// As that of what it wraps.
    public static var luaTypeName: String { Wrapped.luaTypeName }
    /// The value, or `nil`.
    public func luaValue() throws -> LuaValue { try self?.luaValue() ?? .nil }
    /// The value; none for `nil` and for the null of `c8.json`.
    public static func fromLua(_ value: LuaValue) throws -> Wrapped? {
        value.isNil ? nil : try Wrapped.fromLua(value)
    }
    /// Takes one argument.
    @inlinable
    public static func take(from arguments: inout LuaArgumentReader) throws -> Wrapped? {
        arguments.nextIsNil() ? nil : try Wrapped.take(from: &arguments)
    }
    /// Gives one result.
    @inlinable
    public func write(to call: inout LuaCall) throws {
        guard let self else { return try call.append(LuaValue.nil) }
        try self.write(to: &call)
    }
}

extension Array: LuaParameter, LuaResult, LuaConvertible where Element: LuaConvertible {
    /// `table`; bytes are a string.
    public static var luaTypeName: String { Element.self == UInt8.self ? "string" : "table" }

    /// A table of positions 1, 2, …, which JSON shows as an array also where it is empty. Bytes become a string.
    public func luaValue() throws -> LuaValue {
        // Any empty array can be cast to one of bytes.
        if Element.self == UInt8.self, let bytes = self as? [UInt8] { return .string(LuaString(bytes: bytes)) }
        return .table(LuaTable(array: try map { try $0.luaValue() }, mark: .array))
    }

    /// The items of a table that has nothing but positions, or the bytes of a string.
    public static func fromLua(_ value: LuaValue) throws -> [Element] {
        if Element.self == UInt8.self, let result = value.bytes as? [Element] { return result }
        guard let table = value.table, luaTypeName == "table" else {
            throw LuaConversionError(expected: luaTypeName, got: value)
        }
        if let pair = table.pairs.first {
            throw LuaConversionError("a sequence expected, got a table with the key \(pair.key)")
        }
        return try table.array.enumerated().map { index, item in
            do {
                return try Element.fromLua(item)
            } catch let error as LuaConversionError {
                throw error.inside(position: index + 1)
            }
        }
    }
}

extension Dictionary: LuaParameter, LuaResult, LuaConvertible where Key == String, Value: LuaConvertible {
    /// `table`.
    public static var luaTypeName: String { "table" }

    /// A table of fields, which JSON shows as an object also where it is empty.
    public func luaValue() throws -> LuaValue {
        .table(LuaTable(fields: try map { ($0.key, try $0.value.luaValue()) }, mark: .object))
    }

    /// The fields of a table that has nothing but names.
    public static func fromLua(_ value: LuaValue) throws -> [String: Value] {
        guard let table = value.table else { throw LuaConversionError(expected: luaTypeName, got: value) }
        guard table.array.isEmpty else { throw LuaConversionError("a table of named fields expected, got a sequence") }
        var result: [String: Value] = [:]
        for pair in table.pairs {
            guard let name = pair.key.string else {
                throw LuaConversionError("a table of named fields expected, got the key \(pair.key)")
            }
            do {
                result[name] = try Value.fromLua(pair.value)
            } catch let error as LuaConversionError {
                throw error.inside(field: name)
            }
        }
        return result
    }
}
