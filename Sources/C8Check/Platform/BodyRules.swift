import C8Platform
import LuaSyntax
import OrderedCollections

/// Holds the table that a script writes as a call's body against the binding's fields, as far as values are written out.
/// What the client checks before it sends (`RequestValidator`) is the model.
struct BodyRules {
    let operation: String
    let calls: CallRules

    /// - Parameter place: the fields around these, with a dot at the end.
    func check(
        _ fields: [LuaTableField], _ schema: OrderedDictionary<String, FieldSchema>, given: Set<String>,
        at place: String,
        range: LuaRange
    ) {
        var names: Set<String> = given
        var isPlain = true
        for field in fields {
            guard let name = field.staticName else {
                isPlain = false
                continue
            }
            guard let expected = schema[name] else {
                let near = NearestNames.hint(name, among: schema.keys)
                // What was meant is not missing besides.
                names.formUnion(NearestNames.find(name, among: schema.keys, limit: 1))
                let hint = near.isEmpty ? "there are \(schema.keys.prefix(20).joined(separator: ", "))" : nil
                calls.list.add(
                    .misspeltField, "\(operation) has no field \(place)\(name)\(near)", at: field.nameRange, hint: hint,
                    subject: name)
                continue
            }
            if case .null = Literal(field.value) { continue }
            names.insert(name)
            check(field.value, expected, at: "\(place)\(name)")
        }
        guard isPlain else { return }
        for (name, field) in schema where field.required && !names.contains(name) {
            calls.list.add(
                .missingField, "\(operation) needs the field \(place)\(name)", at: range,
                hint: field.description.map { Self.line($0) }, subject: name)
        }
    }

    private func check(_ value: LuaExpression, _ schema: FieldSchema, at place: String) {
        guard let literal = Literal(value) else { return }
        switch (schema.type, literal) {
        case (.any, _), (.string, .text), (.boolean, .boolean), (.integer, .integer), (.number, .integer),
            (.number, .number),
            (_, .null):
            return
        case (.integer, .number(let number)) where Int64(exactly: number) != nil: return
        case (.object, .table(let fields)):
            if !schema.fields.isEmpty { check(fields, schema.fields, given: [], at: "\(place).", range: value.range) }
        case (.array, .table(let fields)):
            for (index, field) in fields.enumerated() {
                if let name = field.staticName {
                    calls.list.add(
                        .wrongType, "\(operation): \(place) is an array, and has the named field \(name)",
                        at: field.nameRange,
                        subject: place)
                    return
                }
                guard case .next = field.key else { return }
                if let items = schema.items { check(field.value, items, at: "\(place)[\(index + 1)]") }
            }
        default:
            let wanted = schema.type == .file ? "a file, c8.file(path)" : Self.article(schema.type)
            calls.list.add(
                .wrongType, "\(operation): \(place) is \(wanted), and is given \(literal.shown)", at: value.range,
                hint: schema.description.map { Self.line($0) }, subject: place)
        }
    }

    static func article(_ type: FieldSchema.FieldType) -> String {
        switch type {
        case .integer, .object, .array, .any: "an \(type.rawValue)"
        default: "a \(type.rawValue)"
        }
    }

    /// A description on one line.
    private static func line(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count <= 160 ? words : words.prefix(159) + "…"
    }
}
