import OrderedCollections

/// The catalogue's operations as annotations for editors, in the language of lua-language-server (LuaCATS): what there
/// is, what it takes, what it gives, and what it can refuse.
package struct OperationAnnotations {
    private let catalogue: Catalogue
    private let bindings: BindingSet
    private var lines: [String] = []

    /// The text of a file of definitions, to stand beside the one that defines `c8` itself.
    package static func text(catalogue: Catalogue = .standard, bindings: BindingSet) -> String {
        var annotations = OperationAnnotations(catalogue: catalogue, bindings: bindings)
        annotations.write()
        return annotations.lines.joined(separator: "\n") + "\n"
    }

    private init(catalogue: Catalogue, bindings: BindingSet) {
        self.catalogue = catalogue
        self.bindings = bindings
    }

    private mutating func write() {
        lines.append("---@meta")
        lines.append("")
        lines.append("---@alias c8.OperationID")
        for entry in catalogue.operations {
            lines.append("---| \"\(entry.id)\" # \(AnnotationText.line(entry.title))")
        }
        var sections: Set<String> = []
        for entry in catalogue.operations {
            var path = "c8"
            for name in entry.id.components.dropLast() {
                path = AnnotationText.member(name, of: path)
                if sections.insert(path).inserted { lines += ["", "\(path) = {}"] }
            }
            write(entry, in: path)
        }
    }

    private mutating func write(_ entry: CatalogueEntry, in section: String) {
        let binding = bindings[entry.id]
        let name = "c8.\(entry.id)"
        var requestType = "table"
        var responseType = "any"
        if let binding {
            if let type = writeClass("\(name).Request", Self.requestFields(binding), isExact: true) {
                requestType = type
            }
            if let type = writeClass("\(name).Response", binding.response, isExact: false) { responseType = type }
        }
        lines.append("")
        lines += comment(entry, binding)
        if entry.status != .active { lines.append("---@deprecated") }
        lines.append("---@async")
        let needsBody = binding.map { Self.requestFields($0).values.contains { $0.required } } ?? false
        lines.append("---@param body\(needsBody ? "" : "?") \(requestType)")
        lines.append("---@param opts? c8.CallOptions")
        lines.append("---@return \(responseType) data")
        lines.append("---@return c8.Envelope envelope")
        let place = AnnotationText.member(entry.id.components.last ?? "", of: section)
        // A name in brackets cannot be declared as a function's.
        lines.append(
            place.hasSuffix("]") ? "\(place) = function(body, opts) end" : "function \(place)(body, opts) end")
    }

    private func comment(_ entry: CatalogueEntry, _ binding: Binding?) -> [String] {
        var comment = ["\(entry.title) · \(entry.summary)", "", entry.section]
        if entry.status != .active {
            let instead = entry.replacements.map { "`c8.\($0)`" }.joined(separator: " or ")
            comment += [
                "",
                "Retired by the platform (\(entry.status == .void ? "作废" : "废弃"))"
                    + (instead.isEmpty ? "." : "; use \(instead)."),
            ]
        }
        if let binding {
            let guess = binding.guessed.contains("effect") ? " (guessed)" : ""
            comment += ["", "\(binding.method.rawValue) \(binding.path) · \(binding.effect.rawValue)\(guess)"]
            if binding.paging != nil { comment += ["", "Paged: `c8.pages(\"\(entry.id)\", body)` gives all items."] }
            if binding.multipart { comment += ["", "Sent as a form; files with `c8.file(path)`."] }
            if binding.download { comment += ["", "Answers with a file; `opts.save_to` puts it on disk."] }
            if !binding.errors.isEmpty {
                comment += ["", "Codes:"]
                for (code, meaning) in binding.errors.sorted(by: { $0.key < $1.key }) {
                    comment.append("- \(code) \(meaning)")
                }
            }
        } else {
            comment += ["", "Not bound yet: import its page 「\(entry.title)」 with `c8run api import`."]
        }
        return comment.map { text in
            let line = AnnotationText.line(text)
            return line.isEmpty ? "---" : "--- \(line)"
        }
    }

    /// What the path takes is a field too, whether the page's table has it or not.
    private static func requestFields(_ binding: Binding) -> OrderedDictionary<String, FieldSchema> {
        guard !binding.request.isEmpty else { return [:] }
        var fields = binding.request
        for name in binding.path.fieldNames where fields[name] == nil {
            fields[name] = FieldSchema(type: .any, required: true, description: "part of the path")
        }
        return fields
    }

    /// Writes a class, those of its nested objects first; nil where nothing is known of the fields.
    private mutating func writeClass(
        _ name: String, _ fields: OrderedDictionary<String, FieldSchema>, isExact: Bool
    ) -> String? {
        guard !fields.isEmpty else { return nil }
        var own: [String] = []
        for (index, (field, schema)) in fields.enumerated() {
            let type = self.type(schema, named: "\(name).\(AnnotationText.classWord(field, index))", isExact: isExact)
            guard let fieldName = AnnotationText.fieldName(field) else {
                own.removeAll { $0 == "---@field [string] any" }
                own.append("---@field [string] any")
                continue
            }
            var line = "---@field \(fieldName)\(schema.required ? "" : "?") \(type)"
            let words = [schema.description ?? "", schema.example.map(AnnotationText.example) ?? ""]
            let description = AnnotationText.line(words.filter { !$0.isEmpty }.joined(separator: " "))
            if !description.isEmpty { line += " \(description)" }
            own.append(line)
        }
        lines += ["", "---@class \(isExact ? "(exact) " : "")\(name)"] + own
        return name
    }

    private mutating func type(_ schema: FieldSchema, named name: String, isExact: Bool) -> String {
        switch schema.type {
        case .string, .integer, .number, .boolean, .any: return schema.type.rawValue
        case .file: return "c8.File"
        case .object: return writeClass(name, schema.fields, isExact: isExact) ?? "table<string, any>"
        case .array:
            guard let items = schema.items else { return "any[]" }
            let element = type(items, named: name, isExact: isExact)
            // `table<string, any>[]` is read as it is meant; a union would need brackets.
            return element + "[]"
        }
    }
}
