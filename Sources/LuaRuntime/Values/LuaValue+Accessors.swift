/// The value as a Swift type, nil where it is another; and the way into tables.
extension LuaValue {
    /// Whether it is `nil` or the null of `c8.json`.
    public var isNil: Bool {
        switch self {
        case .nil, .null: true
        default: false
        }
    }

    /// The boolean, if it is one.
    public var boolean: Bool? { if case .boolean(let flag) = self { flag } else { nil } }

    /// The integer; also of a float that has an integral value, as Lua takes it (reference manual §3.4.3).
    public var integer: Int64? {
        switch self {
        case .integer(let integer): integer
        case .number(let number): Int64(exactly: number)
        default: nil
        }
    }

    /// The number, integers included: those beyond 2^53 are rounded.
    public var number: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
    }

    /// The text of a string that is valid UTF-8.
    public var string: String? { if case .string(let string) = self { string.text } else { nil } }

    /// The bytes of a string.
    public var bytes: [UInt8]? { if case .string(let string) = self { string.bytes } else { nil } }

    /// The table, if it is one.
    public var table: LuaTable? { if case .table(let table) = self { table } else { nil } }

    /// The function, if it is one.
    public var function: LuaFunction? { if case .function(let function) = self { function } else { nil } }

    /// The Swift object behind a userdata, if it is of this type.
    public func object<Object: AnyObject>(as type: Object.Type = Object.self) -> Object? {
        if case .object(let object) = self { object.object as? Object } else { nil }
    }

    /// A field of a table; `nil` where there is none, or no table.
    public subscript(name: String) -> LuaValue { table?[name] ?? .nil }

    /// An item of a table, counted from 1 as Lua does; `nil` where there is none, or no table.
    public subscript(position: Int) -> LuaValue { table?[position] ?? .nil }
}
