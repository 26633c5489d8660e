/// A Lua value as Swift sees it: plain data by copy, functions and coroutines by reference.
///
/// `Sendable`, so it may leave the script's thread. Integers are exact in 64 bits; strings are bytes. Literals make one, and
/// accessors take it apart without a switch:
///
/// ```swift
/// let order: LuaValue = ["id": 7, "lines": [["sku": "A-1", "quantity": 3]]]
/// order["lines"][1]["quantity"].integer  // 3
/// ```
public enum LuaValue: Sendable {
    /// `nil`: also what is not there.
    case `nil`
    /// The null of `c8.json`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A number that is an integer (reference manual §2.1).
    case integer(Int64)
    /// A number that is a float.
    case number(Double)
    /// A string: bytes.
    case string(LuaString)
    /// A copy of a table.
    case table(LuaTable)
    /// A function, which stays in Lua.
    case function(LuaFunction)
    /// A Swift object, as userdata.
    case object(LuaObject)
    /// A coroutine, or a userdata of a library: to hold and hand back, not to look into.
    case opaque(LuaReference)
    /// From Lua only: a table that contains itself, at the place where it recurs.
    case cycle
    /// From Lua only: a table nested beyond 200 levels.
    case tooDeep
    /// To Lua only: a new function that calls Swift.
    case hostFunction(HostFunction)
    /// To Lua only: JSON text that becomes a value while it is pushed.
    case json([UInt8])

    /// The name of the type as Lua's `type` gives it.
    public var typeName: String {
        switch self {
        case .nil: "nil"
        case .null: "null"
        case .boolean: "boolean"
        case .integer, .number: "number"
        case .string: "string"
        case .table, .cycle, .tooDeep, .json: "table"
        case .function, .hostFunction: "function"
        case .object, .opaque: "userdata"
        }
    }

    /// A string of this text's UTF-8.
    public static func string(_ text: String) -> LuaValue { .string(LuaString(text)) }
}
