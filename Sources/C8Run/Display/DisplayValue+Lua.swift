package import LuaRuntime

extension DisplayValue {
    /// A value that was copied out of Lua, cut to the limits. Keys are sorted: numbers, then strings, then all others.
    package init(_ value: LuaValue, limits: DisplayLimits = DisplayLimits()) {
        var left = limits.values
        self = Self.make(value, limits, depth: 0, left: &left)
    }

    private static func make(_ value: LuaValue, _ limits: DisplayLimits, depth: Int, left: inout Int) -> DisplayValue {
        left -= 1
        switch value {
        case .nil: return .nil
        case .null: return .named("null")
        case .boolean(let flag): return .boolean(flag)
        case .integer(let integer): return .integer(integer)
        case .number(let number): return .number(number)
        case .string(let string):
            return .string(
                Array(string.bytes.prefix(limits.bytes)), omitted: max(0, string.bytes.count - limits.bytes))
        case .table(let table):
            if table.array.isEmpty, table.pairs.isEmpty { return .table(DisplayTable()) }
            guard depth < limits.depth, left > 0 else { return .tooDeep }
            return .table(make(table, limits, depth: depth, left: &left))
        case .cycle: return .cycle("")
        case .tooDeep: return .tooDeep
        default: return .named("<\(value.typeName)>")
        }
    }

    private static func make(
        _ table: LuaTable, _ limits: DisplayLimits, depth: Int, left: inout Int
    ) -> DisplayTable {
        var shown = DisplayTable()
        for item in table.array.prefix(limits.items) where left > 0 {
            shown.items.append(make(item, limits, depth: depth + 1, left: &left))
        }
        var keys = DisplayLimits()
        keys.depth = 1
        let fields = table.pairs.map { pair in
            (key: DisplayValue(pair.key, limits: keys), value: pair.value)
        }.sorted { $0.key.precedes($1.key) }
        for field in fields.prefix(limits.fields) where left > 0 {
            shown.fields.append(
                DisplayTable.Field(
                    key: field.key, value: make(field.value, limits, depth: depth + 1, left: &left)))
        }
        shown.omittedItems = table.array.count - shown.items.count
        shown.omittedFields = fields.count - shown.fields.count
        return shown
    }

    /// The order of keys: numbers by value, strings by bytes, then the others.
    private func precedes(_ other: DisplayValue) -> Bool {
        switch (self, other) {
        case (.integer(let first), .integer(let second)): first < second
        case (.integer(let first), .number(let second)): Double(first) < second
        case (.number(let first), .integer(let second)): first < Double(second)
        case (.number(let first), .number(let second)): first < second
        case (.string(let first, _), .string(let second, _)): first.lexicographicallyPrecedes(second)
        default: rank < other.rank
        }
    }

    private var rank: Int {
        switch self {
        case .integer, .number: 0
        case .string: 1
        case .boolean: 2
        default: 3
        }
    }
}
