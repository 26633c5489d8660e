package import C8Client
package import C8Platform

extension ClientError {
    /// An operation that nobody has said yet how to call; names the page to take it from.
    package static func unbound(_ entry: CatalogueEntry) -> ClientError {
        ClientError(
            kind: .unbound,
            message: "\(entry.id) has no binding yet: its documentation page is 「\(entry.title)」 (\(entry.section)); "
                + "import the page with c8run api import, or write its method, path and fields into a bindings file",
            operation: entry.id, outcome: .notSent)
    }
}
