import C8Check
import C8Run
import Glibc

/// Finds and reads the scripts that a command line names.
enum ScriptFinder {
    struct Found: Sendable {
        let name: String
        let source: CheckSource
    }

    /// The scripts, in the order of the arguments and of their names, and what could not be read.
    static func find(_ paths: [String]) -> (scripts: [Found], problems: [UnreadableScript]) {
        var scripts: [Found] = []
        var problems: [UnreadableScript] = []
        var seen: Set<String> = []
        for path in paths {
            let isFolder = path != "-" && kind(path) == S_IFDIR
            let files = isFolder ? luaFiles(below: path) : [path]
            for file in files where seen.insert(file).inserted {
                do throws(UnreadableScript) {
                    let script = try ScriptReader.read(file == "-" ? .standardInput : .file(file))
                    scripts.append(Found(name: script.name, source: source(script, below: isFolder ? path : nil)))
                } catch {
                    problems.append(error)
                }
            }
        }
        return (scripts, problems)
    }

    private static func source(_ script: Script, below root: String?) -> CheckSource {
        let folders = script.folder.map { Self.folders(from: $0, to: root) } ?? []
        return CheckSource(
            name: script.name, bytes: script.source, moduleNames: folders.first.map { moduleNames(in: $0) } ?? [],
            hasModule: { file(ofModule: $0, in: folders) != nil },
            readModule: { name in
                file(ofModule: name, in: folders).flatMap { try? SmallFile.read($0, limit: 4 << 20).bytes }
            })
    }

    /// The file that `require` would read.
    private static func file(ofModule name: String, in folders: [String]) -> String? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && !$0.contains("/") && !$0.utf8.contains(0) }) else { return nil }
        let path = parts.joined(separator: "/")
        return folders.lazy.flatMap { ["\($0)/\(path).lua", "\($0)/\(path)/init.lua"] }.first { kind($0) == S_IFREG }
    }

    /// Where `require` may look: the script's own folder, and, since a file may be a module of a script further up, those
    /// above it as far as the folder that is checked, or the one that c8run was started in.
    private static func folders(from folder: String, to root: String?) -> [String] {
        var current = folder.isEmpty ? "." : folder
        var folders = [current]
        while current != root, current != ".", current != "/", let slash = current.lastIndex(of: "/"),
            slash != current.startIndex
        {
            current = String(current[..<slash])
            guard root != nil || !folder.hasPrefix("/") else { break }
            folders.append(current)
        }
        if root == nil || root == ".", !folder.hasPrefix("/"), !folder.hasPrefix(".."), folders.last != "." {
            folders.append(".")
        }
        return folders
    }

    /// What `require` could find in a folder and those right below it.
    private static func moduleNames(in folder: String, depth: Int = 0) -> [String] {
        names(in: folder).filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
            if name.hasSuffix(".lua") { return [String(name.dropLast(4))] }
            guard depth < 2, kind("\(folder)/\(name)", followsLinks: false) == S_IFDIR else { return [] }
            return moduleNames(in: "\(folder)/\(name)", depth: depth + 1).map { "\(name).\($0)" }
        }
    }

    /// The `.lua` files of a folder and those below it, sorted; nothing that is hidden, and no links to folders.
    private static func luaFiles(below folder: String, depth: Int = 0) -> [String] {
        guard depth < 64 else { return [] }
        return names(in: folder).filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
            let path = folder == "." ? name : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            if kind(path, followsLinks: false) == S_IFDIR { return luaFiles(below: path, depth: depth + 1) }
            return name.hasSuffix(".lua") ? [path] : []
        }
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// What is at a path: the type bits of `stat(2)`; nil where there is nothing.
    private static func kind(_ path: String, followsLinks: Bool = true) -> mode_t? {
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        return status.st_mode & S_IFMT
    }
}
