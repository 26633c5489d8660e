/// The grants that a script needs, as far as that shows without running it.
package struct GrantNeeds: Sendable, Equatable {
    /// Names by kinds: files, hosts, variables.
    package private(set) var names: [GrantKind: Set<String>] = [:]
    /// Kinds of which more is needed than shows.
    package private(set) var unknown: Set<GrantKind> = []

    package init() {}

    /// Adds a need. Returns whether it is a new one.
    mutating func add(_ kind: GrantKind, _ name: String?) -> Bool {
        if let name { return names[kind, default: []].insert(name).inserted }
        return unknown.insert(kind).inserted
    }

    /// Whether nothing is needed.
    package var isEmpty: Bool { names.isEmpty && unknown.isEmpty }

    /// The flags as they stand on a command line; `…` for what is known only when the script runs.
    package var flags: [String] {
        GrantKind.allCases.sorted().compactMap { kind in
            if kind == .token { return unknown.contains(kind) ? kind.flag : nil }
            let list = (names[kind] ?? []).sorted() + (unknown.contains(kind) ? ["…"] : [])
            return list.isEmpty ? nil : "\(kind.flag)=\(Self.quoted(list.joined(separator: ",")))"
        }
    }

    /// As a shell takes it.
    static func quoted(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy { scalar in
            scalar.value >= 0x80 || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "/._-,:@%+=".unicodeScalars.contains(scalar)
        }
        return plain
            ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
