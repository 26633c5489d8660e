/// Makes a Lua value of what a type encodes.
struct LuaValueEncoder: Encoder {
    let node: LuaEncodedNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func encode(_ value: some Encodable) throws -> LuaValue {
        try node(of: value, at: []).value
    }

    static func node<Value: Encodable>(of value: Value, at path: [any CodingKey]) throws -> LuaEncodedNode {
        if let scalar = value as? any LuaScalar {
            do {
                return LuaEncodedNode(try scalar.luaValue())
            } catch let error as LuaConversionError {
                throw EncodingError.invalidValue(
                    value, EncodingError.Context(codingPath: path, debugDescription: error.description))
            }
        }
        if Value.self == [UInt8].self, let bytes = value as? [UInt8] {
            return LuaEncodedNode(.string(LuaString(bytes: bytes)))
        }
        let encoder = LuaValueEncoder(node: LuaEncodedNode(), codingPath: path)
        try value.encode(to: encoder)
        return encoder.node
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .fields = node.content {} else { node.content = .fields([]) }
        return KeyedEncodingContainer(LuaFieldsEncoder<Key>(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .items = node.content {} else { node.content = .items([]) }
        return LuaItemsEncoder(node: node, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension LuaValueEncoder: SingleValueEncodingContainer {
    func encodeNil() { node.content = .value(.nil) }

    func encode<Value: Encodable>(_ value: Value) throws {
        node.content = try Self.node(of: value, at: codingPath).content
    }
}
