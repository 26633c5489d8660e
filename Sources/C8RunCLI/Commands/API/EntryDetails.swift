import C8Platform
import OrderedCollections

/// Everything that is known of one entry of the catalogue, as text and JSON.
enum EntryDetails {
    static func text(_ entry: CatalogueEntry, _ binding: Binding?, _ reference: ReferenceTable?) -> String {
        var text = "\(entry.id.rawValue)\n"
        func line(_ name: String, _ value: String) {
            text += "  \(name)\(String(repeating: " ", count: max(1, 9 - name.count)))\(TerminalText.line(value))\n"
        }
        line("summary", entry.summary)
        line("title", entry.title)
        line("section", entry.section)
        line("kind", entry.kind.rawValue)
        line("status", entry.status.rawValue)
        if !entry.replacements.isEmpty { line("instead", entry.replacements.map(\.rawValue).joined(separator: ", ")) }
        if let binding {
            for (name, value) in facts(binding) { line(name, value) }
            text += section("request", fields(binding.request))
            text += section("response data", fields(binding.response))
            text += section("codes", codes(binding))
        } else if let reference {
            if let source = reference.source { line("source", source) }
            text += section("table", [reference.columns] + reference.rows)
        } else {
            line("bound", unbound(entry))
        }
        return text
    }

    static func json(_ entry: CatalogueEntry, _ binding: Binding?, _ reference: ReferenceTable?) -> JSONValue {
        var members = CatalogueText.members(entry, binding)
        if let binding { members["binding"] = BindingFile.json(binding) }
        if let reference {
            members["columns"] = .array(reference.columns.map { .string($0) })
            members["rows"] = .array(reference.rows.map { .array($0.map { .string($0) }) })
        }
        return .object(members)
    }

    /// What to do about a page whose content is not known.
    private static func unbound(_ entry: CatalogueEntry) -> String {
        switch entry.kind {
        case .operation, .reference:
            "no: save the documentation page of this title and import it with c8run api import"
        case .guide: "no: a guide is for reading, in the platform's documentation under this title"
        }
    }

    private static func facts(_ binding: Binding) -> [(String, String)] {
        var facts = [
            ("call", "\(binding.method.rawValue) \(binding.path)"),
            ("effect", binding.effect.rawValue + (binding.guessed.contains("effect") ? " (guessed on import)" : "")),
        ]
        if binding.multipart { facts.append(("body", "multipart/form-data")) }
        if binding.download { facts.append(("answer", "a file")) }
        if let seconds = binding.timeoutSeconds { facts.append(("timeout", "\(seconds) s")) }
        if let paging = binding.paging {
            facts.append(
                ("paging", "\(paging.page), \(paging.size) → \(paging.items), \(paging.total); c8.pages follows it"))
        }
        if let source = binding.source { facts.append(("source", source)) }
        return facts
    }

    private static func codes(_ binding: Binding) -> [[String]] {
        binding.errors.sorted { $0.key < $1.key }.map { [String($0.key), $0.value] }
    }

    /// One row for each field, nested ones with the names of those that hold them.
    private static func fields(_ fields: OrderedDictionary<String, FieldSchema>, in place: String = "") -> [[String]] {
        var rows: [[String]] = []
        for (name, field) in fields {
            let example = field.example.flatMap { try? JSONSerializer.serialize($0) }
            rows.append([
                place + name, type(field), field.required ? "required" : "", field.description ?? "",
                example.map { "e.g. " + String(decoding: $0, as: UTF8.self) } ?? "",
            ])
            rows += self.fields(field.fields, in: "\(place)\(name).")
            if let items = field.items { rows += self.fields(items.fields, in: "\(place)\(name)[].") }
        }
        return rows
    }

    private static func type(_ field: FieldSchema) -> String {
        field.items.map { "array of \($0.type.rawValue)" } ?? field.type.rawValue
    }

    private static func section(_ title: String, _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        let width = OutputStream.standardOutput.columns(ProcessEnvironment.lookup).map { $0 - 2 }
        let lines = TextTable.lines(rows, width: width).map { "  " + $0.replacing("\n", with: "\n  ") + "\n" }
        return "\n\(title)\n" + lines.joined()
    }
}
