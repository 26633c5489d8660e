/// Decodes a sequence.
struct LuaItemsDecoder: UnkeyedDecodingContainer {
    let codingPath: [any CodingKey]
    private let items: [LuaValue]
    private(set) var currentIndex = 0

    init(_ items: [LuaValue], at path: [any CodingKey]) {
        self.items = items
        codingPath = path
    }

    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    mutating func decodeNil() -> Bool {
        guard !isAtEnd, items[currentIndex].isNil else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let decoder = try next()
        let value = try LuaValueDecoder.decode(type, from: decoder.value, at: decoder.codingPath)
        currentIndex += 1
        return value
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        let container = try next().container(keyedBy: type)
        currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try next().unkeyedContainer()
        currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        defer { currentIndex += 1 }
        return try next()
    }

    private func next() throws -> LuaValueDecoder {
        let path = codingPath + [LuaPosition(intValue: currentIndex)]
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                LuaValue.self,
                DecodingError.Context(
                    codingPath: path, debugDescription: "value expected, the sequence has only \(items.count)"))
        }
        return LuaValueDecoder(items[currentIndex], at: path)
    }
}
