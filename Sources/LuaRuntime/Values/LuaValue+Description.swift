extension LuaValue: CustomStringConvertible {
    /// For people, in the form of a Lua literal where there is one. A deep table is cut short.
    public var description: String { description(levels: 4) }

    private func description(levels: Int) -> String {
        switch self {
        case .nil, .null, .function, .hostFunction, .opaque, .cycle, .tooDeep: return typeName
        case .boolean(let flag): return "\(flag)"
        case .integer(let integer): return "\(integer)"
        case .number(let number): return "\(number)"
        case .string(let string): return string.description.debugDescription
        case .json(let text): return String(decoding: text, as: UTF8.self)
        case .object(let object): return "\(type(of: object.object))"
        case .table(let table):
            guard levels > 0 else { return "{…}" }
            let items = table.array.map { $0.description(levels: levels - 1) }
            let fields = table.pairs.map { pair in
                let key = pair.key.string ?? "[\(pair.key.description(levels: 0))]"
                return "\(key) = \(pair.value.description(levels: levels - 1))"
            }
            return "{" + (items + fields.sorted()).joined(separator: ", ") + "}"
        }
    }
}
