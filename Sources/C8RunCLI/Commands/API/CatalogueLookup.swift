import C8Platform

/// Finds what a person named by an id.
enum CatalogueLookup {
    static func entry(_ id: String) throws(UsageError) -> CatalogueEntry {
        if let entry = Catalogue.standard[OperationID(id)] { return entry }
        let names = Catalogue.standard.entries.lazy.map(\.id.rawValue)
        let hint = NearestNames.hint(id, among: names)
        throw UsageError(
            .noEntry, ["name": id], ending: hint.isEmpty ? MistakeMessage.listsEntries.text : hint)
    }

    static func operation(_ id: String) throws(UsageError) -> CatalogueEntry {
        let entry = try entry(id)
        guard entry.kind == .operation else {
            throw UsageError(.notCallable, ["name": id, "kind": entry.kind.rawValue])
        }
        return entry
    }
}
