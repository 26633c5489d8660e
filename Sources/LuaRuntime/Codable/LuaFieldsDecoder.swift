/// Decodes named fields; an integer key finds the position of that number too.
struct LuaFieldsDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let codingPath: [any CodingKey]
    private let fields: [String: LuaValue]

    init(_ table: LuaTable, at path: [any CodingKey]) {
        codingPath = path
        var fields: [String: LuaValue] = [:]
        fields.reserveCapacity(table.pairs.count + table.array.count)
        for (index, item) in table.array.enumerated() { fields["\(index + 1)"] = item }
        for pair in table.pairs {
            switch pair.key {
            case .string(let name): fields[name.description] = pair.value
            case .integer(let number): fields["\(number)"] = pair.value
            default: break
            }
        }
        self.fields = fields
    }

    var allKeys: [Key] { fields.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { fields[key.stringValue] != nil }

    func decodeNil(forKey key: Key) -> Bool { value(key).isNil }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try LuaValueDecoder.decode(type, from: value(key), at: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try nested(key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { nested(LuaFieldName.superclass) }

    func superDecoder(forKey key: Key) -> any Decoder { nested(key) }

    private func value(_ key: any CodingKey) -> LuaValue { fields[key.stringValue] ?? .nil }

    private func nested(_ key: any CodingKey) -> LuaValueDecoder {
        LuaValueDecoder(value(key), at: codingPath + [key])
    }
}
