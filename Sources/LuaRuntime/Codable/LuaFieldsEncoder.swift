/// Encodes named fields.
struct LuaFieldsEncoder<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: LuaEncodedNode
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) {}

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        node.set(key.stringValue, to: try LuaValueEncoder.node(of: value, at: codingPath + [key]))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        nested(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { nested(LuaFieldName.superclass) }

    func superEncoder(forKey key: Key) -> any Encoder { nested(key) }

    private func nested(_ key: any CodingKey) -> LuaValueEncoder {
        let encoder = LuaValueEncoder(node: LuaEncodedNode(), codingPath: codingPath + [key])
        node.set(key.stringValue, to: encoder.node)
        return encoder
    }
}
