extension KernelWall {
    /// What a path is at the time when the wall goes up.
    package enum PathKind: Sendable {
        case folder
        case file
        case missing
    }

    /// Allows rights at a path and, where it is a folder, below it.
    package struct PathRule: Sendable, Hashable {
        package let path: String
        package let rights: LandlockRights

        package init(path: String, rights: LandlockRights) {
            self.path = path
            self.rights = rights
        }
    }

    /// The rules for the lists of this value, without the system's own paths.
    ///
    /// The kernel keeps a rule with the file that is there now, not with its name, and knows no files to come. A file that
    /// may be written is replaced by a new one of the same name, so its rule stands at the folder that holds it, and is wider
    /// than the grant; so does the rule for a path that does not exist yet. Which names in the folder are meant is for the
    /// checks in front of this wall.
    package func rules(kind: (String) -> PathKind) -> [PathRule] {
        var rules: [PathRule] = []
        if everythingReadable { rules.append(PathRule(path: "/", rights: .read)) }
        if everythingWritable { rules.append(PathRule(path: "/", rights: [.write, .readFolder])) }
        for path in readable where kind(path) != .missing { rules.append(PathRule(path: path, rights: .read)) }
        for path in writable {
            // Reading the folder too: what is written is made to last by fsync on the folder.
            if kind(path) == .folder {
                rules.append(PathRule(path: path, rights: [.write, .readFolder]))
                continue
            }
            let parent = Self.parent(of: path)
            guard kind(parent) == .folder else { continue }
            var rights: LandlockRights = kind(path) == .file ? .replaceFile : .write
            rights.insert(.readFolder)
            if readable.contains(path) { rights.insert(.readFile) }
            rules.append(PathRule(path: parent, rights: rights))
        }
        for path in ownFolders where kind(path) == .folder {
            rules.append(PathRule(path: path, rights: [.read, .write]))
        }
        return rules
    }

    /// The folder that holds an absolute path.
    private static func parent(of path: String) -> String {
        var text = path[...]
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        guard let slash = text.lastIndex(of: "/"), slash != text.startIndex else { return "/" }
        return String(text[..<slash])
    }
}
