extension LuaValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    /// `nil`.
    public init(nilLiteral: ()) { self = .nil }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
    /// An integer.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// A float.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// A string of the text's UTF-8.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A table of positions 1, 2, …; JSON sees an array, also where it is empty.
    public init(arrayLiteral elements: LuaValue...) { self = .table(LuaTable(array: elements, mark: .array)) }
    /// A table of fields; of two with one name, the later counts.
    public init(dictionaryLiteral elements: (String, LuaValue)...) {
        self = .table(LuaTable(fields: elements, mark: elements.isEmpty ? .object : .none))
    }
}
