import OrderedCollections

/// Puts imported pages into a bindings file, without losing what a person has written there.
package struct BindingsUpdate: Sendable {
    /// What became of one page.
    package enum Change: String, Sendable, Hashable {
        case added
        case changed
        case unchanged
        /// Edited by hand since, and left so.
        case kept
    }

    /// The new file.
    package let bytes: [UInt8]
    /// What became of each page, in their order.
    package let changes: [(id: OperationID, change: Change)]

    /// Makes the new file.
    ///
    /// - Parameters:
    ///   - existing: the file as it is; nil where there is none.
    ///   - name: its name, for errors.
    ///   - overwritesEdits: whether what was edited by hand is replaced.
    /// - Throws: ``BindingError`` for a file that is no bindings file.
    package init(
        _ pages: [ImportedPage], into existing: [UInt8]?, name: String, catalogue: Catalogue = .standard,
        overwritesEdits: Bool = false
    ) throws(BindingError) {
        var sections: [String: OrderedDictionary<String, JSONValue>] = [:]
        var refusals: JSONValue?
        if let existing {
            _ = try BindingSet.parse(existing, file: name, catalogue: catalogue)
            let value = (try? JSONParser.parse(existing)) ?? .null
            for section in ["operations", "references"] { sections[section] = value[section]?.objectValue }
            refusals = value["token_refusals"]
        }
        var changes: [(id: OperationID, change: Change)] = []
        for page in pages {
            let section = if case .operation = page.content { "operations" } else { "references" }
            let new = Self.marked(page)
            let old = sections[section]?[page.id.rawValue]
            let change: Change
            if old == nil {
                change = .added
            } else if old == new {
                change = .unchanged
            } else if Self.isAsImported(old), Self.sameContent(old, new) {
                // What was confirmed stays confirmed.
                change = .unchanged
            } else {
                change = overwritesEdits || Self.isAsImported(old) ? .changed : .kept
            }
            changes.append((page.id, change))
            if change == .added || change == .changed { sections[section, default: [:]][page.id.rawValue] = new }
        }
        self.changes = changes
        bytes = Self.file(sections, refusals)
    }

    private static func file(
        _ sections: [String: OrderedDictionary<String, JSONValue>], _ refusals: JSONValue?
    ) -> [UInt8] {
        var file: OrderedDictionary<String, JSONValue> = ["version": 1]
        for name in ["operations", "references"] {
            var section = sections[name] ?? [:]
            if section.isEmpty, name == "references" { continue }
            section.sort { OperationID($0.key) < OperationID($1.key) }
            file[name] = .object(section)
        }
        if let refusals { file["token_refusals"] = refusals }
        // All of it came out of a JSON text or is made of strings and integers, so it has one.
        return ((try? JSONSerializer.serialize(.object(file), pretty: true)) ?? []) + [ASCII.lineFeed]
    }

    // MARK: Edits by hand

    /// The content with the mark by which an edit is noticed later.
    private static func marked(_ page: ImportedPage) -> JSONValue {
        guard case .object(var members) = page.content.value else { return page.content.value }
        var mark: OrderedDictionary<String, JSONValue> = ["checksum": .string(checksum(members))]
        if !page.guessed.isEmpty { mark["guessed"] = .array(page.guessed.map { .string($0) }) }
        members["imported"] = .object(mark)
        return .object(members)
    }

    private static func isAsImported(_ value: JSONValue?) -> Bool {
        guard case .object(var members)? = value, let mark = members.removeValue(forKey: "imported") else {
            return false
        }
        return mark["checksum"]?.stringValue == checksum(members)
    }

    private static func sameContent(_ left: JSONValue?, _ right: JSONValue) -> Bool {
        left?["imported"]?["checksum"] == right["imported"]?["checksum"]
    }

    /// FNV-1a over the text with sorted keys: it finds edits, not forgeries.
    private static func checksum(_ members: OrderedDictionary<String, JSONValue>) -> String {
        var members = members
        members.removeValue(forKey: "imported")
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in (try? JSONSerializer.serialize(.object(members), sortedKeys: true)) ?? [] {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
