import CLuaBoundary

/// Decodes named fields of a table that stays in Lua. What is no plain value of the wanted type is copied, and decoded from
/// the copy.
struct LuaLiveFieldsDecoder<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let table: LuaLiveTable
    var codingPath: [any CodingKey] { [] }

    /// Keys are seldom asked for: the table is copied for them.
    var allKeys: [Key] {
        guard let copy = try? table.whole().table else { return [] }
        return LuaFieldsDecoder<Key>(copy, at: []).allKeys
    }

    func contains(_ key: Key) -> Bool {
        guard let field = try? table.read(key.stringValue) else { return false }
        if field.tag != CLB_LIVE { return field.tag != CLB_NIL }
        if case .nil? = try? table.copy(key.stringValue) { return false }
        return true
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        let field = try table.read(key.stringValue)
        return field.tag == CLB_LIVE
            ? try table.copy(key.stringValue).isNil : field.tag == CLB_NIL || field.tag == CLB_NULL
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        let field = try table.read(key.stringValue, expecting: CLB_BOOLEAN)
        return field.tag == CLB_BOOLEAN ? field.boolean : try copy(type, key)
    }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        let field = try table.read(key.stringValue, expecting: CLB_STRING)
        if field.tag == CLB_STRING, let text = String(validating: field.string.bytes, count: field.string.count) {
            return text
        }
        return try copy(type, key)
    }

    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        let field = try table.read(key.stringValue, expecting: CLB_NUMBER)
        return field.tag == CLB_NUMBER ? field.number : try copy(type, key)
    }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        let field = try table.read(key.stringValue, expecting: CLB_INTEGER)
        if field.tag == CLB_INTEGER, let integer = Int(exactly: field.integer) { return integer }
        return try copy(type, key)
    }

    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
        let field = try table.read(key.stringValue, expecting: CLB_INTEGER)
        return field.tag == CLB_INTEGER ? field.integer : try copy(type, key)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try copy(type, key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try nested(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try nested(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try nested(LuaFieldName.superclass) }

    func superDecoder(forKey key: Key) throws -> any Decoder { try nested(key) }

    private func copy<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value {
        try LuaValueDecoder.decode(type, from: try table.copy(key.stringValue), at: [key])
    }

    private func nested(_ key: any CodingKey) throws -> LuaValueDecoder {
        LuaValueDecoder(try table.copy(key.stringValue), at: [key])
    }
}
