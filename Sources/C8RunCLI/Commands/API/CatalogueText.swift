import C8Platform
import OrderedCollections

/// Catalogue entries as text and JSON.
enum CatalogueText {
    /// True where every word occurs somewhere in the entry; case does not matter.
    static func matches(_ entry: CatalogueEntry, words: [String]) -> Bool {
        let text = [entry.id.rawValue, entry.title, entry.section, entry.summary].joined(separator: "\n").lowercased()
        return words.allSatisfy { text.contains($0.lowercased()) }
    }

    /// One line for each entry: id, what is special about it, summary and the page's title.
    static func table(_ entries: [CatalogueEntry]) -> String {
        let width = entries.map(\.id.rawValue.count).max() ?? 0
        return entries.map { entry in
            let padding = String(repeating: " ", count: width - entry.id.rawValue.count)
            let marks = marks(of: entry).map { "[\($0)] " }.joined()
            return "\(entry.id.rawValue)\(padding)  \(marks)\(entry.summary) · \(entry.title)\n"
        }.joined()
    }

    static func json(_ entry: CatalogueEntry, _ binding: Binding?) -> JSONValue { .object(members(entry, binding)) }

    static func members(_ entry: CatalogueEntry, _ binding: Binding?) -> OrderedDictionary<String, JSONValue> {
        [
            "id": .string(entry.id.rawValue),
            "kind": .string(entry.kind.rawValue),
            "status": .string(entry.status.rawValue),
            "section": .string(entry.section),
            "title": .string(entry.title),
            "summary": .string(entry.summary),
            "replacements": .array(entry.replacements.map { .string($0.rawValue) }),
            "built_in": .bool(BuiltInBindings.standard[entry.id] != nil),
            "bound": .bool(binding != nil),
            "method": binding.map { .string($0.method.rawValue) } ?? .null,
            "path": binding.map { .string($0.path.text) } ?? .null,
        ]
    }

    private static func marks(of entry: CatalogueEntry) -> [String] {
        (entry.kind == .operation ? [] : [entry.kind.rawValue])
            + (entry.status == .active ? [] : [entry.status.rawValue])
    }
}
