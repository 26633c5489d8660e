/// The bindings that are known: the built-in ones, a file's, or both merged.
package struct BindingSet: Sendable {
    private let bindings: [OperationID: Binding]
    /// The tables of reference pages that are known.
    package let references: [OperationID: ReferenceTable]

    /// What a person should know about a file that could be read, each a whole sentence that names the place: so far,
    /// that it sends credentials somewhere else than to the documented path of get-token.
    package let warnings: [String]

    /// A set of given bindings; of two for one operation, the last counts.
    package init(_ bindings: [Binding] = [], references: [ReferenceTable] = [], warnings: [String] = []) {
        self.bindings = Dictionary(bindings.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.references = Dictionary(references.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
        self.warnings = warnings
    }

    /// Reads a bindings file.
    ///
    /// - Parameters:
    ///   - bytes: the file's content, JSON.
    ///   - file: its name, for errors.
    ///   - catalogue: the operations that exist.
    /// - Throws: ``BindingError`` that names the file, the place in it, and what was expected there.
    package static func parse(
        _ bytes: [UInt8], file: String, catalogue: Catalogue = .standard
    ) throws(BindingError) -> BindingSet {
        try BindingFileReader(file: file, catalogue: catalogue).read(bytes)
    }

    /// The binding of an operation, if there is one.
    package subscript(id: OperationID) -> Binding? {
        bindings[id]
    }

    /// The operations that are bound, sorted.
    package var operations: [OperationID] {
        bindings.keys.sorted()
    }

    /// How many operations are bound.
    package var count: Int {
        bindings.count
    }

    /// Both sets' bindings; where both bind an operation, the newer one counts, whole.
    package func merging(_ newer: BindingSet) -> BindingSet {
        BindingSet(
            Array(bindings.values) + Array(newer.bindings.values),
            references: Array(references.values) + Array(newer.references.values),
            warnings: warnings + newer.warnings)
    }
}
