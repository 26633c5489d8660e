import LuaRuntime

extension DisplayValue {
    /// Reads what `c8/_prompt.lua` made of a value: plain values are themselves, all others tables with a word in front.
    init(described value: LuaValue) {
        guard case .table(let node) = value, case .string(let word)? = node.array.first else {
            self.init(value)
            return
        }
        switch word.description {
        case "nil": self = .nil
        case "string": self = .string(Self.bytes(node, 1), omitted: Self.count(node, 2))
        case "named": self = .named(String(decoding: Self.bytes(node, 1), as: UTF8.self))
        case "cycle": self = .cycle(String(decoding: Self.bytes(node, 1), as: UTF8.self))
        case "table": self = .table(Self.table(node))
        default: self = .tooDeep
        }
    }

    /// `{"table", name or false, items, keys, values, omitted items, omitted fields}`.
    private static func table(_ node: LuaTable) -> DisplayTable {
        let (keys, values) = (list(node, 3), list(node, 4))
        return DisplayTable(
            name: node.array.count > 1 ? text(node.array[1]) : nil,
            items: list(node, 2).map { DisplayValue(described: $0) },
            fields: zip(keys, values).map { key, value in
                DisplayTable.Field(key: DisplayValue(described: key), value: DisplayValue(described: value))
            },
            omittedItems: count(node, 5), omittedFields: count(node, 6))
    }

    private static func text(_ value: LuaValue) -> String? {
        if case .string(let string) = value { string.description } else { nil }
    }

    private static func list(_ node: LuaTable, _ index: Int) -> [LuaValue] {
        guard index < node.array.count, case .table(let table) = node.array[index] else { return [] }
        return table.array
    }

    private static func bytes(_ node: LuaTable, _ index: Int) -> [UInt8] {
        guard index < node.array.count, case .string(let string) = node.array[index] else { return [] }
        return string.bytes
    }

    private static func count(_ node: LuaTable, _ index: Int) -> Int {
        guard index < node.array.count, case .integer(let count) = node.array[index] else { return 0 }
        return Int(clamping: count)
    }
}
