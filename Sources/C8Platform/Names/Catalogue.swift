/// All pages of the platform's documentation: which operations exist and what they are called here.
///
/// Only names: the titles are all that is public, so how to call an operation comes from a binding (see
/// ``BindingSet``).
package struct Catalogue: Sendable {
    /// The catalogue of this version, read from the embedded table when first used.
    ///
    /// The table is part of the program and a test holds it whole, so a failure to read it is not handled further.
    package static let standard: Catalogue =
        (try? Catalogue(tabSeparated: PackageResources.catalogue_tsv)) ?? Catalogue(entries: [])

    /// In the order of the documentation's menu.
    package let entries: [CatalogueEntry]
    private let indices: [OperationID: Int]

    /// A catalogue of given entries; of two with one id, the first is found.
    package init(entries: [CatalogueEntry]) {
        self.entries = entries
        self.indices = Dictionary(entries.indices.map { (entries[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The page with this id, whatever its kind.
    package subscript(id: OperationID) -> CatalogueEntry? {
        indices[id].map { entries[$0] }
    }

    /// The operations, in the order of the menu.
    package var operations: [CatalogueEntry] {
        entries.filter { $0.kind == .operation }
    }

    /// The operations whose ids come nearest to a text that is none, best first; empty when nothing comes near.
    package func nearest(to text: String, limit: Int = 3) -> [OperationID] {
        NearestNames.find(text, among: operations.lazy.map(\.id.rawValue), limit: limit).map { OperationID($0) }
    }

    /// The names that can follow `prefix` in an operation's id, sorted: `names(under: "production")` has `orders`,
    /// and `names(under: "")` the first words of all ids. Empty when the prefix is a whole id, or of none.
    package func names(under prefix: String) -> [String] {
        let start = prefix.isEmpty ? "" : prefix + "."
        let names = operations.lazy.map(\.id.rawValue).filter { $0.hasPrefix(start) }.compactMap {
            $0.dropFirst(start.count).split(separator: ".").first.map(String.init)
        }
        return Set(names).sorted()
    }
}
