/// A value while it is being encoded: containers are filled through several hands.
final class LuaEncodedNode {
    enum Content {
        case none
        case value(LuaValue)
        case items([LuaEncodedNode])
        case fields([(name: String, node: LuaEncodedNode)])
    }

    var content = Content.none

    init() {}

    init(_ value: LuaValue) {
        content = .value(value)
    }

    func append(_ node: LuaEncodedNode) {
        guard case .items(var items) = content else { return }
        content = .none
        items.append(node)
        content = .items(items)
    }

    func set(_ name: String, to node: LuaEncodedNode) {
        guard case .fields(var fields) = content else { return }
        content = .none
        fields.append((name, node))
        content = .fields(fields)
    }

    /// A nil is no field; in a sequence, whose positions it must not disturb, it is the null of `c8.json`.
    var value: LuaValue {
        switch content {
        case .none: .table(LuaTable(mark: .object))
        case .value(let value): value
        case .items(let items):
            .table(
                LuaTable(
                    array: items.map { node in
                        let value = node.value
                        return value.isNil ? .null : value
                    }, mark: .array))
        case .fields(let fields):
            .table(
                LuaTable(
                    fields: fields.compactMap { name, node in
                        let value = node.value
                        return value.isNil ? nil : (name, value)
                    }, mark: fields.isEmpty ? .object : .none))
        }
    }
}
