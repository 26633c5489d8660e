import CLuaBoundary

/// Fields that may be left out, each found with one look.
extension LuaLiveFieldsDecoder {
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
        try optional(type, key, CLB_BOOLEAN) { $0.tag == CLB_BOOLEAN ? $0.boolean : nil }
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try optional(type, key, CLB_STRING) { field in
            field.tag == CLB_STRING ? String(validating: field.string.bytes, count: field.string.count) : nil
        }
    }

    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? {
        try optional(type, key, CLB_NUMBER) { $0.tag == CLB_NUMBER ? $0.number : nil }
    }

    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try optional(type, key, CLB_INTEGER) { $0.tag == CLB_INTEGER ? Int(exactly: $0.integer) : nil }
    }

    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? {
        try optional(type, key, CLB_INTEGER) { $0.tag == CLB_INTEGER ? $0.integer : nil }
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try optional(type, key, CLB_NIL) { _ in nil }
    }

    /// - Parameters:
    ///   - expected: what the field probably is.
    ///   - plain: the value of a field that is of the very type.
    private func optional<Value: Decodable>(
        _ type: Value.Type, _ key: Key, _ expected: clb_tag, _ plain: (clb_value) -> Value?
    ) throws -> Value? {
        let field = try table.read(key.stringValue, expecting: expected)
        if field.tag == CLB_NIL || field.tag == CLB_NULL { return nil }
        if let value = plain(field) { return value }
        let copy = try table.copy(key.stringValue)
        return copy.isNil ? nil : try LuaValueDecoder.decode(type, from: copy, at: [key])
    }
}
