import OrderedCollections

/// Reads the bindings file: `{"version": 1, "operations": {"<operation id>": {…}}}`.
///
/// A misspelt key would otherwise be an option silently not taken, so every key must be known.
struct BindingFileReader: Sendable {
    let file: String
    let catalogue: Catalogue

    func read(_ bytes: [UInt8]) throws(BindingError) -> BindingSet {
        let value: JSONValue
        do {
            value = try JSONParser.parse(bytes)
        } catch {
            throw BindingError(kind: .invalidFile, subject: file, path: "", message: error.description)
        }
        let root = BindingNode(value: value, path: .root, file: file)
        try root.allow(["version", "operations", "references", "token_refusals"])
        let version = try root.require("version")
        guard try version.integer() == 1 else {
            throw version.error("expected 1, the only version of this format so far; got \(version.shown)")
        }
        var bindings: [Binding] = []
        for (name, node) in try root.require("operations").members() {
            bindings.append(try binding(id: try operation(name, at: { node }), node))
        }
        let references = try references(root.optional("references"))
        return BindingSet(
            bindings, references: references, tokenRefusals: try tokenRefusals(root.optional("token_refusals")),
            warnings: bindings.compactMap(warning))
    }

    func operation(_ name: String, at node: () -> BindingNode) throws(BindingError) -> OperationID {
        let id = OperationID(name)
        guard let entry = catalogue[id] else {
            throw node().error(
                "expected the id of an operation\(NearestNames.hint(catalogue.nearest(to: name).map(\.rawValue)))")
        }
        guard entry.kind == .operation else {
            throw node().error(
                "expected the id of an operation; this is a \(entry.kind.rawValue) page, which cannot be called")
        }
        return id
    }

    private static let keys = [
        "method", "path", "effect", "request", "response", "errors", "source", "paging", "timeout", "multipart",
        "download", "imported",
    ]

    func binding(id: OperationID, _ node: BindingNode) throws(BindingError) -> Binding {
        try node.allow(Self.keys)
        return Binding(
            id: id,
            method: try node.require("method").oneOf(HTTPMethod.self),
            path: try path(try node.require("path")),
            effect: try node.optional("effect")?.oneOf(Effect.self) ?? .write,
            request: try fields(node.optional("request")),
            response: try fields(node.optional("response")),
            errors: try errors(node.optional("errors")),
            source: try node.optional("source")?.string(),
            paging: try paging(node.optional("paging")),
            timeoutSeconds: try timeout(node.optional("timeout")),
            multipart: try node.optional("multipart")?.boolean() ?? false,
            download: try node.optional("download")?.boolean() ?? false,
            guessed: try guessed(node.optional("imported")))
    }

    /// What `api import` noted beside an operation: its own checksum, and the keys that it guessed.
    private func guessed(_ node: BindingNode?) throws(BindingError) -> [String] {
        guard let node else { return [] }
        try node.allow(["checksum", "guessed"])
        var keys: [String] = []
        for key in try node.optional("guessed")?.elements() ?? [] { keys.append(try key.string()) }
        return keys
    }

    // MARK: References

    /// The member `references` of a long file.
    func references(_ part: UnreadPart) throws(BindingError) -> [ReferenceTable] {
        try references(part.node(at: JSONPath.root.key("references"), of: self))
    }

    private func references(_ node: BindingNode?) throws(BindingError) -> [ReferenceTable] {
        var references: [ReferenceTable] = []
        for (name, node) in try node?.members() ?? [] { references.append(try reference(name, node)) }
        return references
    }

    private func reference(_ name: String, _ node: BindingNode) throws(BindingError) -> ReferenceTable {
        let id = OperationID(name)
        guard catalogue[id]?.kind == .reference else {
            let names = catalogue.entries.lazy.filter { $0.kind == .reference }.map(\.id.rawValue)
            throw node.error("expected the id of a reference page\(NearestNames.hint(name, among: names))")
        }
        try node.allow(["columns", "rows", "source", "imported"])
        let columns = try node.require("columns").strings()
        var rows: [[String]] = []
        for row in try node.require("rows").elements() {
            let cells = try row.strings()
            guard cells.count == columns.count else {
                throw row.error("expected \(columns.count) cells, one for each column; got \(cells.count)")
            }
            rows.append(cells)
        }
        return ReferenceTable(
            id: id, columns: columns, rows: rows, source: try node.optional("source")?.string())
    }

    private func path(_ node: BindingNode) throws(BindingError) -> PathTemplate {
        let text = try node.string()
        do {
            return try PathTemplate(text)
        } catch {
            throw node.error("expected a path such as /order/{orderNo}; \(node.shown) has \(error.message)")
        }
    }

    private func errors(_ node: BindingNode?) throws(BindingError) -> [Int64: String] {
        var errors: [Int64: String] = [:]
        for (name, meaning) in try node?.members() ?? [] {
            guard let code = Int64(name) else {
                throw meaning.error("expected an integer as the key, the platform's code")
            }
            errors[code] = try meaning.string()
        }
        return errors
    }

    private func paging(_ node: BindingNode?) throws(BindingError) -> Paging? {
        guard let node else { return nil }
        try node.allow(["page", "size", "items", "total"])
        return Paging(
            page: try node.require("page").nonEmptyString(), size: try node.require("size").nonEmptyString(),
            items: try node.require("items").nonEmptyString(), total: try node.require("total").nonEmptyString())
    }

    private func timeout(_ node: BindingNode?) throws(BindingError) -> Double? {
        guard let node else { return nil }
        guard let seconds = node.value.numberValue, seconds > 0, seconds <= 86_400 else {
            throw node.error("expected a number of seconds above 0, at most 86400; got \(node.shown)")
        }
        return seconds
    }

    // MARK: Schemas

    private func fields(_ node: BindingNode?) throws(BindingError) -> OrderedDictionary<String, FieldSchema> {
        var fields: OrderedDictionary<String, FieldSchema> = [:]
        for (name, field) in try node?.members() ?? [] {
            fields[name] = try schema(field)
        }
        return fields
    }

    private func schema(_ node: BindingNode) throws(BindingError) -> FieldSchema {
        try node.allow(["type", "required", "description", "example", "fields", "items"])
        let type = try node.optional("type")?.oneOf(FieldSchema.FieldType.self) ?? .any
        let inner = node.optional("fields")
        if let inner, type != .object {
            throw inner.error("only a field of type \"object\" has fields, this one is \"\(type.rawValue)\"")
        }
        let items = node.optional("items")
        if let items, type != .array {
            throw items.error("only a field of type \"array\" has items, this one is \"\(type.rawValue)\"")
        }
        return FieldSchema(
            type: type,
            required: try node.optional("required")?.boolean() ?? false,
            description: try node.optional("description")?.string(),
            example: node.optional("example")?.value,
            fields: try fields(inner),
            items: try itemSchema(items))
    }

    private func itemSchema(_ node: BindingNode?) throws(BindingError) -> FieldSchema? {
        guard let node else { return nil }
        return try schema(node)
    }

    /// get-token is documented. A deployment may have moved it, so another path is taken, but never silently: whoever
    /// edits this line decides where access keys and signs are sent.
    func warning(_ binding: Binding) -> String? {
        guard let documented = BuiltInBindings.standard[binding.id], binding.id == BuiltInBindings.getTokenID else {
            return nil
        }
        guard documented.path != binding.path || documented.method != binding.method else { return nil }
        let place = JSONPath.root.key("operations").key(binding.id.rawValue).key("path")
        return "\(file): \(place): \(binding.id) is documented as \(documented.method.rawValue) \(documented.path); "
            + "this file sends the access key and the secret's sign with \(binding.method.rawValue) to \(binding.path)"
    }
}
