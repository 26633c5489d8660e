import C8Platform

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

    /// Everything about one entry.
    static func details(_ entry: CatalogueEntry) -> String {
        var text = "\(entry.id.rawValue)\n"
        text += "  summary  \(entry.summary)\n"
        text += "  title    \(entry.title)\n"
        text += "  section  \(entry.section)\n"
        text += "  kind     \(entry.kind.rawValue)\n"
        text += "  status   \(entry.status.rawValue)\n"
        if let binding = BuiltInBindings.standard[entry.id] {
            text += "  built in \(binding.method.rawValue.uppercased()) \(binding.path) (\(binding.effect.rawValue))\n"
        } else if entry.kind == .operation {
            text += "  built in no: bind it in a bindings file from the documentation page of this title\n"
        }
        return text
    }

    static func json(_ entry: CatalogueEntry) -> JSONValue {
        [
            "id": .string(entry.id.rawValue),
            "kind": .string(entry.kind.rawValue),
            "status": .string(entry.status.rawValue),
            "section": .string(entry.section),
            "title": .string(entry.title),
            "summary": .string(entry.summary),
            "built_in": .bool(BuiltInBindings.standard[entry.id] != nil),
        ]
    }

    private static func marks(of entry: CatalogueEntry) -> [String] {
        (entry.kind == .operation ? [] : [entry.kind.rawValue])
            + (entry.status == .active ? [] : [entry.status.rawValue])
    }
}
