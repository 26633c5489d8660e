/// Reads a type from a table that stays in Lua: only what the type asks for is looked at.
struct LuaLiveDecoder: Decoder {
    let table: LuaLiveTable
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(LuaLiveFieldsDecoder<Key>(table: table))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try LuaValueDecoder(try table.whole()).unkeyedContainer()
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        LuaValueDecoder(try table.whole())
    }
}
