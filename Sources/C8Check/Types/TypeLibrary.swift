import LuaSyntax

/// What the modules offer: read from the annotations that editors use, so that there is one truth.
package struct TypeLibrary: Sendable {
    private(set) var classes: [String: TypeClass] = [:]
    private(set) var aliases: [String: String] = [:]
    /// The names of the modules, such as `c8.json`.
    package private(set) var moduleNames: Set<String> = []

    /// Reads files of definitions.
    ///
    /// - Parameter files: their paths below the folder of definitions, such as `c8/json.lua`, and their bytes.
    package init(files: [(path: String, bytes: [UInt8])]) {
        for file in files {
            var reader = AnnotationReader(file.bytes)
            reader.read()
            classes.merge(reader.classes) { old, new in
                var merged = old
                merged.members.merge(new.members) { _, new in new }
                merged.fieldNames += new.fieldNames
                return merged
            }
            aliases.merge(reader.aliases) { _, new in new }
            let name = file.path.split(separator: "/").joined(separator: ".")
            if name.hasSuffix(".lua") { moduleNames.insert(String(name.dropLast(4))) }
        }
    }

    /// What an object of a class has under a name, its parents' included.
    func member(_ name: String, of type: String) -> TypeMember? {
        lineage(of: type).lazy.compactMap { $0.members[name] }.first
    }

    /// The names that an object of a class has.
    func memberNames(of type: String) -> [String] { lineage(of: type).flatMap { $0.members.keys }.sorted() }

    /// The names of a class's fields, in the order of the source.
    func fieldNames(of type: String) -> [String] { lineage(of: type).reversed().flatMap(\.fieldNames) }

    /// Whether an object of a class may have more than is known.
    func isOpen(_ type: String) -> Bool { lineage(of: type).contains { $0.isOpen } || classes[type] == nil }

    /// A class with its parents.
    private func lineage(of type: String) -> [TypeClass] {
        var lineage: [TypeClass] = []
        var names = [type]
        while let name = names.popLast(), lineage.count < 10 {
            guard let found = classes[name] else { continue }
            lineage.append(found)
            names += found.parents
        }
        return lineage
    }
}
