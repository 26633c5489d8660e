/// Reads a type from a Lua value.
struct LuaValueDecoder: Decoder {
    let value: LuaValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ value: LuaValue, at path: [any CodingKey] = []) {
        self.value = value
        codingPath = path
    }

    static func decode<Value: Decodable>(
        _ type: Value.Type, from value: LuaValue, at path: [any CodingKey]
    ) throws -> Value {
        do {
            if let scalar = type as? any LuaScalar.Type, let result = try scalar.fromLua(value) as? Value {
                return result
            }
            if type == [UInt8].self, let bytes = value.bytes as? Value { return bytes }
        } catch let error as LuaConversionError {
            throw DecodingError.typeMismatch(
                type, DecodingError.Context(codingPath: path, debugDescription: error.description))
        }
        return try Value(from: LuaValueDecoder(value, at: path))
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(LuaFieldsDecoder<Key>(try table(), at: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let table = try table()
        if let pair = table.pairs.first {
            throw DecodingError.typeMismatch(
                LuaTable.self,
                DecodingError.Context(
                    codingPath: codingPath,
                    debugDescription: "a sequence expected, got a table with the key \(pair.key)"))
        }
        return LuaItemsDecoder(table.array, at: codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    private func table() throws -> LuaTable {
        guard let table = value.table else {
            throw DecodingError.typeMismatch(
                LuaTable.self,
                DecodingError.Context(
                    codingPath: codingPath,
                    debugDescription: LuaConversionError(expected: "table", got: value).description))
        }
        return table
    }
}

extension LuaValueDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { value.isNil }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try Self.decode(type, from: value, at: codingPath)
    }
}
