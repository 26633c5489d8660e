import OrderedCollections

/// Holds the body of a call against what its binding says of the fields, before anything is sent: what is missing, what
/// has another type, what is misspelt.
///
/// What a Lua table cannot tell apart is settled by the schema: an empty table becomes the array or object that is
/// expected, and a float without a fraction the integer. Nothing else is changed.
package struct RequestValidator {
    private var problems: [(path: JSONPath, message: String)] = []

    /// More would bury the first, which often is the cause of the rest.
    private static let mostProblems = 8

    /// The body as it is to be sent.
    ///
    /// - Parameters:
    ///   - body: the fields as the script gave them; files are not among them.
    ///   - files: the names of the fields that are given as files.
    /// - Throws: ``BindingError`` of kind `invalidRequest` that names every field in question, its place, what was
    ///   expected and what the documentation says of it.
    package static func check(
        _ body: JSONValue, files: Set<String> = [], against binding: Binding
    ) throws(BindingError) -> JSONValue {
        guard !binding.request.isEmpty else { return body }
        var fields: OrderedDictionary<String, JSONValue> = [:]
        switch body {
        case .object(let members): fields = members
        case .null, .array([]): break
        default: return body
        }
        var schema = binding.request
        // What the path takes is known by its place there, whether the page's table has it or not.
        for name in binding.path.fieldNames where schema[name] == nil {
            schema[name] = FieldSchema(type: .any, required: true)
        }
        var validator = RequestValidator()
        let checked = validator.members(fields, schema, files: files, at: .root)
        if let first = validator.problems.first {
            let rest = validator.problems.dropFirst().prefix(mostProblems - 1).map { "; \($0.path): \($0.message)" }
            let more = validator.problems.count - mostProblems
            throw BindingError(
                kind: .invalidRequest, subject: binding.id.rawValue, path: first.path.description,
                message: first.message + rest.joined() + (more > 0 ? "; and \(more) more" : ""))
        }
        return .object(checked)
    }

    private mutating func note(_ path: JSONPath, _ message: String, _ schema: FieldSchema? = nil) {
        var message = message
        if let description = schema?.description, !description.isEmpty {
            message += " (\(Self.line(description)))"
        }
        problems.append((path, message))
    }

    private mutating func members(
        _ fields: OrderedDictionary<String, JSONValue>, _ schema: OrderedDictionary<String, FieldSchema>,
        files: Set<String>, at path: JSONPath
    ) -> OrderedDictionary<String, JSONValue> {
        var checked = fields
        for (name, field) in schema where !files.contains(name) {
            let place = path.key(name)
            guard let value = fields[name], !value.isNull else {
                if field.required { note(place, "required, but missing", field) }
                continue
            }
            checked[name] = self.value(value, field, at: place)
        }
        for name in files.sorted() {
            guard let field = schema[name] else {
                unknown(name, schema, at: path.key(name))
                continue
            }
            if ![.file, .any, .array].contains(field.type) {
                note(path.key(name), "expected \(Self.article(field.type)), got a file", field)
            }
        }
        for name in fields.keys where schema[name] == nil { unknown(name, schema, at: path.key(name)) }
        return checked
    }

    private mutating func unknown(
        _ name: String, _ schema: OrderedDictionary<String, FieldSchema>, at path: JSONPath
    ) {
        let near = NearestNames.find(name, among: schema.keys, limit: 1)
        if let name = near.first {
            note(path, "unknown field" + NearestNames.hint(near), schema[name])
        } else {
            let names = schema.keys.prefix(20).joined(separator: ", ")
            note(path, "unknown field; there are \(names)\(schema.count > 20 ? ", …" : "")")
        }
    }

    private mutating func value(_ value: JSONValue, _ schema: FieldSchema, at path: JSONPath) -> JSONValue {
        switch (schema.type, value) {
        case (.any, _), (.string, .string), (.integer, .integer), (.number, .integer), (.number, .number),
            (.boolean, .bool):
            return value
        case (.integer, .number(let number)):
            if let exact = Int64(exactly: number) { return .integer(exact) }
            note(path, "expected an integer, got \(number)", schema)
        case (.object, .object(let members)):
            return schema.fields.isEmpty
                ? value : .object(self.members(members, schema.fields, files: [], at: path))
        case (.object, .array([])):
            return self.value(.object([:]), schema, at: path)
        case (.array, .object(let members)) where members.isEmpty:
            return .array([])
        case (.array, .array(let elements)):
            guard let items = schema.items else { return value }
            var checked: [JSONValue] = []
            checked.reserveCapacity(elements.count)
            for (index, element) in elements.enumerated() {
                checked.append(self.value(element, items, at: path.index(index)))
            }
            return .array(checked)
        case (.file, _):
            note(path, "expected a file: c8.file(path); got \(Self.shown(value))", schema)
        default:
            note(path, "expected \(Self.article(schema.type)), got \(Self.shown(value))", schema)
        }
        return value
    }

    // MARK: Words

    private static func article(_ type: FieldSchema.FieldType) -> String {
        switch type {
        case .integer, .object, .array, .any: "an \(type.rawValue)"
        default: "a \(type.rawValue)"
        }
    }

    /// A value as it stands in a message; long ones by their type alone.
    private static func shown(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .object: "an object"
        case .array: "an array"
        case .string(let text) where text.utf8.count > 40: "a string of \(text.utf8.count) bytes"
        case .string(let text): "the string \(JSONSerializer.quoted(text))"
        case .integer(let integer): "the integer \(integer)"
        case .number(let number): "the number \(number)"
        case .bool(let flag): "\(flag)"
        }
    }

    /// A description on one line, cut where it becomes a page.
    private static func line(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count <= 160 ? words : words.prefix(159) + "…"
    }
}
