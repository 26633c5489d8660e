import C8Platform

/// Finds what a person named by an id.
enum CatalogueLookup {
    static func entry(_ id: String) throws(UsageError) -> CatalogueEntry {
        if let entry = Catalogue.standard[OperationID(id)] { return entry }
        let names = Catalogue.standard.entries.lazy.map(\.id.rawValue)
        let hint = NearestNames.hint(id, among: names)
        throw UsageError(
            "the catalogue has no entry \"\(id)\"\(hint.isEmpty ? "; c8run api list has them all" : hint)")
    }

    static func operation(_ id: String) throws(UsageError) -> CatalogueEntry {
        let entry = try entry(id)
        guard entry.kind == .operation else {
            throw UsageError("\(id) is a \(entry.kind.rawValue) page, which cannot be called; c8run api show \(id)")
        }
        return entry
    }
}
