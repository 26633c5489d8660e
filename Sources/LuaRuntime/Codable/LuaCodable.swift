/// Data that goes to Lua as tables and comes back: a `Codable` type needs no more than the name of this protocol.
///
/// ```swift
/// struct Order: LuaCodable {
///     var id: Int64
///     var lines: [Line]
///     var note: String?
/// }
/// ```
///
/// Integers are exact in 64 bits. A nil field is left out; `nil` and the null of `c8.json` are nil again. Bytes (`[UInt8]`) are
/// a string.
public protocol LuaCodable: Codable, LuaConvertible {}

extension LuaCodable {
    /// `table`.
    public static var luaTypeName: String { "table" }

    /// A table of the value's fields.
    public func luaValue() throws -> LuaValue {
        do {
            return try LuaValueEncoder.encode(self)
        } catch let error as EncodingError {
            throw LuaConversionError(error)
        }
    }

    /// The value of a table.
    public static func fromLua(_ value: LuaValue) throws -> Self {
        do {
            return try Self(from: LuaValueDecoder(value))
        } catch let error as DecodingError {
            throw LuaConversionError(error)
        }
    }

    /// Takes one argument. A table is read in place: only the fields that the type asks for are looked at.
    public static func take(from arguments: inout LuaArgumentReader) throws -> Self {
        guard let table = arguments.nextTable else { return try arguments.next() }
        return try arguments.reading {
            do {
                return try Self(from: LuaLiveDecoder(table: table))
            } catch let error as DecodingError {
                throw LuaConversionError(error)
            }
        }
    }
}
