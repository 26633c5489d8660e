/// Encodes a sequence.
struct LuaItemsEncoder: UnkeyedEncodingContainer {
    let node: LuaEncodedNode
    let codingPath: [any CodingKey]

    var count: Int { if case .items(let items) = node.content { items.count } else { 0 } }

    func encodeNil() { node.append(LuaEncodedNode(.null)) }

    func encode<Value: Encodable>(_ value: Value) throws {
        node.append(try LuaValueEncoder.node(of: value, at: path))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        nested().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nested().unkeyedContainer() }

    func superEncoder() -> any Encoder { nested() }

    private var path: [any CodingKey] { codingPath + [LuaPosition(intValue: count)] }

    private func nested() -> LuaValueEncoder {
        let encoder = LuaValueEncoder(node: LuaEncodedNode(), codingPath: path)
        node.append(encoder.node)
        return encoder
    }
}
