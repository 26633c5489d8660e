/// The bindings that are known: the built-in ones, a file's, or both merged.
package struct BindingSet: Sendable {
    private enum Entry: Sendable {
        case read(Binding)
        case unread(UnreadBinding)
    }

    private let entries: [OperationID: Entry]
    private let tables: [OperationID: ReferenceTable]
    /// The tables of long files, not read yet; weakest first.
    private let unreadTables: [(file: BindingFileReader, part: UnreadPart)]

    /// What a person should know about a file that could be read, each a whole sentence that names the place: so far,
    /// that it sends credentials somewhere else than to the documented path of get-token.
    package let warnings: [String]
    /// How answers say that the token is not accepted.
    package let tokenRefusals: TokenRefusalRules

    private init(
        entries: [OperationID: Entry], tables: [OperationID: ReferenceTable],
        unreadTables: [(file: BindingFileReader, part: UnreadPart)], tokenRefusals: TokenRefusalRules,
        warnings: [String]
    ) {
        self.entries = entries
        self.tables = tables
        self.unreadTables = unreadTables
        self.tokenRefusals = tokenRefusals
        self.warnings = warnings
    }

    /// A set of given bindings; of two for one operation, the last counts.
    package init(
        _ bindings: [Binding] = [], references: [ReferenceTable] = [],
        tokenRefusals: TokenRefusalRules = TokenRefusalRules(), warnings: [String] = []
    ) {
        self.init(
            entries: Dictionary(bindings.map { ($0.id, .read($0)) }, uniquingKeysWith: { _, last in last }),
            tables: Dictionary(references.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last }),
            unreadTables: [], tokenRefusals: tokenRefusals, warnings: warnings)
    }

    /// Reads a bindings file whole.
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

    /// A longer file takes noticeable time to read whole, and a script needs little of it.
    private static let longestReadAtOnce = 32 << 10

    /// Reads a bindings file for a script: a long one as far as needed, whole by its brackets and its ids known, an
    /// operation when it is first called.
    ///
    /// - Throws: as ``parse(_:file:catalogue:)`` does; for a long file, an operation's own mistakes only when it is
    ///   called, also where its text is no JSON.
    package static func open(
        _ bytes: [UInt8], file: String, catalogue: Catalogue = .standard
    ) throws(BindingError) -> BindingSet {
        let reader = BindingFileReader(file: file, catalogue: catalogue)
        guard bytes.count > longestReadAtOnce, let index = BindingFileIndex(bytes), index.version == 1 else {
            return try reader.read(bytes)
        }
        var entries: [OperationID: Entry] = [:]
        entries.reserveCapacity(index.operations.count)
        var warnings: [String] = []
        for (name, range) in index.operations {
            let id = try reader.operation(name) {
                BindingNode(value: .null, path: JSONPath.root.key("operations").key(name), file: file)
            }
            let unread = UnreadBinding(id: id, file: reader, part: UnreadPart(bytes: bytes, range: range))
            // Where credentials go is looked at before anything is sent.
            if id == BuiltInBindings.getTokenID, let warning = reader.warning(try unread.binding()) {
                warnings.append(warning)
            }
            entries[id] = .unread(unread)
        }
        let refusals = index.tokenRefusals.map {
            BindingNode(value: $0, path: JSONPath.root.key("token_refusals"), file: file)
        }
        return BindingSet(
            entries: entries, tables: [:],
            unreadTables: index.references.map { [(reader, UnreadPart(bytes: bytes, range: $0))] } ?? [],
            tokenRefusals: try reader.tokenRefusals(refusals), warnings: warnings)
    }

    /// The binding of an operation, if there is one.
    ///
    /// - Throws: ``BindingError`` for a mistake in a file that was not read whole.
    package func binding(of id: OperationID) throws(BindingError) -> Binding? {
        switch entries[id] {
        case nil: nil
        case .read(let binding)?: binding
        case .unread(let entry)?: try entry.binding()
        }
    }

    /// The binding of an operation in a set that was read whole; nil also for a mistaken one in any other.
    package subscript(id: OperationID) -> Binding? {
        (try? binding(of: id)) ?? nil
    }

    /// The tables of reference pages that are known; those of a long file are read now, and left out where they are
    /// mistaken.
    package var references: [OperationID: ReferenceTable] {
        var all: [OperationID: ReferenceTable] = [:]
        for (file, part) in unreadTables {
            let tables = (try? file.references(part)) ?? []
            for table in tables { all[table.id] = table }
        }
        return all.merging(tables) { _, read in read }
    }

    /// The operations that are bound, sorted.
    package var operations: [OperationID] {
        entries.keys.sorted()
    }

    /// How many operations are bound.
    package var count: Int {
        entries.count
    }

    /// Both sets' bindings, where both bind an operation the newer one, whole; and both sets' signs of a refused token.
    package func merging(_ newer: BindingSet) -> BindingSet {
        BindingSet(
            entries: entries.merging(newer.entries) { _, newer in newer },
            tables: tables.merging(newer.tables) { _, newer in newer },
            unreadTables: unreadTables + newer.unreadTables,
            tokenRefusals: tokenRefusals.merging(newer.tokenRefusals), warnings: warnings + newer.warnings)
    }
}
