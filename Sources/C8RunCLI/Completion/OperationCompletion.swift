import ArgumentParser
import C8Platform

/// Ids of the catalogue, for shells that complete them.
enum OperationCompletion {
    /// Ids of all entries, such as `production.orders.create`.
    static var entries: CompletionKind {
        .custom { _, _, prefix in ids(prefix) { _ in true } }
    }

    /// Ids of what can be called.
    static var operations: CompletionKind {
        .custom { _, _, prefix in ids(prefix) { $0.kind == .operation } }
    }

    private static func ids(_ prefix: String, _ isWanted: (CatalogueEntry) -> Bool) -> [String] {
        Catalogue.standard.entries.filter { isWanted($0) && $0.id.rawValue.hasPrefix(prefix) }.map(\.id.rawValue)
    }
}
