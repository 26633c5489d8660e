import OrderedCollections

/// One value of a bindings file with its place, so that every error can say where and what was expected.
struct BindingNode {
    let value: JSONValue
    let path: JSONPath
    let file: String

    /// The value as it stands in an error: its text, or its type where the text would be long.
    var shown: String {
        switch value {
        case .array, .object: "an \(value.typeName)"
        case .string(let string) where string.utf8.count > 80: "a string of \(string.utf8.count) bytes"
        default: (try? JSONSerializer.serialize(value)).map { String(decoding: $0, as: UTF8.self) } ?? value.typeName
        }
    }

    func error(_ message: String) -> BindingError {
        BindingError(kind: .invalidFile, subject: file, path: path.description, message: message)
    }

    // MARK: Objects

    /// The members of an object.
    func members() throws(BindingError) -> [(key: String, node: BindingNode)] {
        guard case .object(let members) = value else { throw error("expected an object; got \(shown)") }
        return members.map { ($0.key, BindingNode(value: $0.value, path: path.key($0.key), file: file)) }
    }

    /// Refuses an object with any other key than these.
    func allow(_ keys: [String]) throws(BindingError) {
        for (key, node) in try members() where !keys.contains(key) {
            let near = NearestNames.find(key, among: keys, limit: 1)
            throw node.error(
                near.isEmpty
                    ? "unknown key; expected one of \(keys.joined(separator: ", "))"
                    : "unknown key\(NearestNames.hint(near))")
        }
    }

    /// The member `key`, or nil when there is none.
    func optional(_ key: String) -> BindingNode? {
        value[key].map { BindingNode(value: $0, path: path.key(key), file: file) }
    }

    func require(_ key: String) throws(BindingError) -> BindingNode {
        guard let node = optional(key) else { throw error("expected the key \"\(key)\"") }
        return node
    }

    // MARK: Arrays

    /// The elements of an array.
    func elements() throws(BindingError) -> [BindingNode] {
        guard case .array(let elements) = value else { throw error("expected an array; got \(shown)") }
        return elements.enumerated().map { BindingNode(value: $0.element, path: path.index($0.offset), file: file) }
    }

    func strings() throws(BindingError) -> [String] {
        var strings: [String] = []
        for element in try elements() { strings.append(try element.string()) }
        return strings
    }

    // MARK: Scalars

    func string() throws(BindingError) -> String {
        guard let string = value.stringValue else { throw error("expected a string; got \(shown)") }
        return string
    }

    func nonEmptyString() throws(BindingError) -> String {
        let string = try string()
        guard !string.isEmpty else { throw error("expected the name of a field; got an empty string") }
        return string
    }

    func integer() throws(BindingError) -> Int64 {
        guard let integer = value.integerValue else { throw error("expected an integer; got \(shown)") }
        return integer
    }

    func boolean() throws(BindingError) -> Bool {
        guard let flag = value.boolValue else { throw error("expected true or false; got \(shown)") }
        return flag
    }

    /// A word out of an enumeration's.
    func oneOf<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type
    ) throws(BindingError) -> Word where Word.RawValue == String {
        let words = type.allCases.map(\.rawValue)
        guard let text = value.stringValue, let word = Word(rawValue: text) else {
            throw error("expected one of \(words.joined(separator: ", ")); got \(shown)")
        }
        return word
    }
}
