import C8Platform
import OrderedCollections

/// A field of an operation that the emulator makes up.
struct MadeUpField: Sendable {
    let name: String
    let type: FieldSchema.FieldType
    /// What each element of an array is.
    let items: FieldSchema.FieldType?
    let isRequired: Bool
    let description: String

    /// - Parameter text: `name:type! words`: the type of an array's elements in brackets, `codes:string[]!`; without the
    ///   mark the field may be missing.
    init(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 1)
        let head = (parts.first ?? "").split(separator: ":", maxSplits: 1)
        var kind = head.count > 1 ? head[1] : "string"
        isRequired = kind.last == "!"
        if isRequired { kind = kind.dropLast() }
        name = String(head.first ?? "")
        description = parts.count > 1 ? String(parts[1]) : ""
        if kind.hasSuffix("[]") {
            type = .array
            items = FieldSchema.FieldType(rawValue: String(kind.dropLast(2)))
        } else {
            type = FieldSchema.FieldType(rawValue: String(kind)) ?? .any
            items = nil
        }
    }

    /// As a bindings file has it.
    var json: JSONValue {
        var members: OrderedDictionary<String, JSONValue> = ["type": .string(type.rawValue)]
        if isRequired { members["required"] = true }
        if !description.isEmpty { members["description"] = .string(description) }
        if let items { members["items"] = ["type": .string(items.rawValue)] }
        return .object(members)
    }

    static func json(_ fields: [MadeUpField]) -> JSONValue {
        .object(OrderedDictionary(fields.map { ($0.name, $0.json) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Refuses a value that the field cannot have.
    func check(_ value: JSONValue?) throws(Refusal) {
        guard let value, !value.isNull, value != .string("") else {
            if isRequired { throw .field(name, "不能为空") }
            return
        }
        switch (type, value) {
        case (.string, .string), (.integer, .integer), (.number, .integer), (.number, .number), (.boolean, .bool),
            (.object, .object), (.file, .string), (.any, _):
            return
        case (.array, .array(let elements)):
            if isRequired, elements.isEmpty { throw .field(name, "不能为空") }
            guard let items else { return }
            for (index, element) in elements.enumerated() {
                switch (items, element) {
                case (.string, .string), (.integer, .integer), (.object, .object): continue
                default: throw .field("\(name)[\(index)]", "类型错误")
                }
            }
        default:
            throw .field(name, "类型错误")
        }
    }
}
