import C8Run
import C8Sandbox

/// The lines of a script and of the modules beside it, for errors that point at them. Opens nothing that `require` would not.
struct ScriptSources: Sendable {
    let script: Script

    /// The text of a line; nil where there is none.
    func line(_ place: ScriptPlace) -> String? {
        guard let source = isScript(place.file) ? script.source : module(place.file) else { return nil }
        return SourceLine.text(place.line, of: source)
    }

    private func isScript(_ name: String) -> Bool {
        name == script.name || Self.end(of: name).map { script.name.hasSuffix($0) } ?? false
    }

    /// The bytes of a module by the name that `require` gives it: the script's folder, and the path below it.
    private func module(_ name: String) -> [UInt8]? {
        guard name.hasSuffix(".lua"), let folder = script.folder, let path = Self.path(of: name, below: folder) else {
            return nil
        }
        return try? ScriptFolder(path: folder).read(path)
    }

    static func path(of name: String, below folder: String) -> String? {
        let prefix = folder == "." || folder.isEmpty ? "" : folder + "/"
        guard let end = end(of: name) else {
            return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
        }
        for index in end.indices.reversed() where end[index] == "/" && prefix.hasSuffix(end[...index]) {
            return String(end[end.index(after: index)...])
        }
        return nil
    }

    /// What is left of a name that Lua has shortened to 59 bytes, as `...ts/lib/orders.lua`; nil for one that is whole.
    private static func end(of name: String) -> Substring? { name.hasPrefix("...") ? name.dropFirst(3) : nil }
}
