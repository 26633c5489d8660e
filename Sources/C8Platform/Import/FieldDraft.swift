import OrderedCollections

/// A field while its page is being read: others may still be found to lie inside it.
final class FieldDraft {
    let name: String
    var type: FieldTypeText
    var isRequired: Bool
    var description: String?
    var example: JSONValue?
    let line: Int
    /// In the order of the page.
    var children: [FieldDraft] = []

    init(
        name: String, type: FieldTypeText = FieldTypeText(""), isRequired: Bool = false, description: String? = nil,
        example: JSONValue? = nil, line: Int
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.description = description
        self.example = example
        self.line = line
    }

    func child(named name: String) -> FieldDraft? { children.first { $0.name == name } }

    /// The child, made where there is none yet.
    func makeChild(named name: String, line: Int) -> FieldDraft {
        if let child = child(named: name) { return child }
        let child = FieldDraft(name: name, line: line)
        children.append(child)
        return child
    }

    /// Takes over what a row says of this field, which an example has shown.
    func take(_ row: FieldDraft) {
        if row.type.type != .any, row.type.isKnown {
            let items = row.type.items ?? type.items
            type = row.type
            type.items = items
        }
        isRequired = row.isRequired
        description = row.description
        example = row.example
    }

    /// Fills in what an example shows and no table says: fields of objects, and types.
    func learn(from value: JSONValue, depth: Int = 0) {
        guard depth < 20 else { return }
        if type.type == .any { type.type = Self.type(of: value) }
        switch value {
        case .object(let members) where type.type == .object:
            for (name, value) in members { makeChild(named: name, line: line).learn(from: value, depth: depth + 1) }
        case .array(let elements) where type.type == .array:
            guard let first = elements.first else { return }
            if type.items == nil { type.items = Self.type(of: first) }
            if type.items == .any { type.items = nil }
            if case .object(let members) = first, type.items == .object {
                for (name, value) in members {
                    makeChild(named: name, line: line).learn(from: value, depth: depth + 1)
                }
            }
        default: return
        }
    }

    private static func type(of value: JSONValue) -> FieldSchema.FieldType {
        switch value {
        case .null: .any
        case .bool: .boolean
        case .integer: .integer
        case .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// As a bindings file has it.
    func json(depth: Int = 0) -> JSONValue {
        var type = type
        if !children.isEmpty, type.type != .array { type.type = .object }
        var members: OrderedDictionary<String, JSONValue> = ["type": .string(type.type.rawValue)]
        if isRequired { members["required"] = true }
        if let description, !description.isEmpty { members["description"] = .string(description) }
        if let example { members["example"] = example }
        if depth >= 20 { return .object(members) }
        if type.type == .array {
            if !children.isEmpty {
                members["items"] = ["type": "object", "fields": Self.json(children, depth: depth + 1)]
            } else if let items = type.items {
                members["items"] = ["type": .string(items.rawValue)]
            }
        } else if !children.isEmpty {
            members["fields"] = Self.json(children, depth: depth + 1)
        }
        return .object(members)
    }

    static func json(_ fields: [FieldDraft], depth: Int = 0) -> JSONValue {
        var members: OrderedDictionary<String, JSONValue> = [:]
        for field in fields { members[field.name] = field.json(depth: depth) }
        return .object(members)
    }
}
