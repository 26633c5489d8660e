import CLuaBoundary

/// The fields of a table that a function of Swift takes, read one by one and in place: nothing is copied but what is asked for.
///
/// ```swift
/// module.function("total") { (line: LuaFields) in
///     try line.integer("quantity") * line.integer("price")
/// }
/// ```
///
/// For use within the function that takes it: once that has returned, each look throws. A type that conforms to
/// ``LuaCodable`` says the same with less to write but at a higher price for each call, and a ``LuaTable`` is a copy to keep.
///
/// Nothing is coerced, as with ``LuaConvertible``; errors are ``LuaConversionError`` and name the field.
public struct LuaFields: LuaParameter {
    private enum Source {
        case live(LuaLiveTable)
        case copy(LuaTable)
    }

    private let source: Source

    /// Takes one argument: a table.
    public static func take(from arguments: inout LuaArgumentReader) throws -> LuaFields {
        guard let table = arguments.nextTable else { return LuaFields(source: .copy(try arguments.next())) }
        return try arguments.reading { LuaFields(source: .live(table)) }
    }

    /// A field that is an integer, or a float with an integral value.
    public func integer(_ name: String) throws -> Int64 {
        if let field = try plain(name, CLB_INTEGER), field.tag == CLB_INTEGER { return field.integer }
        return try self[name, as: Int64.self]
    }

    /// A field that is a number.
    public func number(_ name: String) throws -> Double {
        if let field = try plain(name, CLB_NUMBER), field.tag == CLB_NUMBER { return field.number }
        return try self[name, as: Double.self]
    }

    /// A field that is a boolean.
    public func boolean(_ name: String) throws -> Bool {
        if let field = try plain(name, CLB_BOOLEAN), field.tag == CLB_BOOLEAN { return field.boolean }
        return try self[name, as: Bool.self]
    }

    /// A field that is a string of valid UTF-8.
    public func text(_ name: String) throws -> String {
        if let field = try plain(name, CLB_STRING), field.tag == CLB_STRING,
            let text = String(validating: field.string.bytes, count: field.string.count)
        {
            return text
        }
        return try self[name, as: String.self]
    }

    /// A field of any type, converted from a copy. Where there is none it is nil, which an optional type takes.
    public subscript<Value: LuaConvertible>(name: String, as type: Value.Type) -> Value {
        get throws {
            do {
                return try Value.fromLua(try value(name))
            } catch let error as LuaConversionError {
                throw error.inside(field: name)
            }
        }
    }

    /// A copy of a field; nil where there is none.
    public func value(_ name: String) throws -> LuaValue {
        switch source {
        case .live(let table): try table.copy(name)
        case .copy(let table): table.field(orPosition: name)
        }
    }

    @inline(__always)
    private func plain(_ name: String, _ expected: clb_tag) throws -> clb_value? {
        guard case .live(let table) = source else { return nil }
        return try table.read(name, expecting: expected)
    }
}
