import C8Platform
import C8Run
import Glibc

/// Reads the script that a command line names.
enum ScriptReader {
    /// The largest script accepted, in bytes. Lua sources are far smaller; a device or a wrong path must not fill memory.
    private static let limit = 64 << 20

    /// The script, with the name that errors show and the folder that `require` may search.
    ///
    /// - Throws: `UnreadableScript`.
    static func read(_ source: ScriptSource) throws(UnreadableScript) -> Script {
        switch source {
        case .code(let text): return Script(source: Array(text.utf8), name: "(command line)", folder: nil)
        case .standardInput: return Script(source: try bytes(nil), name: "stdin", folder: nil)
        case .file(let path):
            return Script(source: try bytes(path), name: path, folder: FilePath.folder(of: path))
        }
    }

    /// A word that is no file may be a command: a misspelt one, or one behind options.
    private static func commandHint(for word: String) -> String {
        if RootCommand.commandNames.contains(word) { return UsageMessage.commandFirst.text(["command": word]) }
        return word.contains("/") || word.contains(".")
            ? "" : NearestNames.hint(word, among: RootCommand.commandNames, limit: 1)
    }

    /// The bytes of a file, or of standard input.
    private static func bytes(_ path: String?) throws(UnreadableScript) -> [UInt8] {
        do {
            if let path { return try SmallFile.read(path, limit: limit).bytes }
            return try SmallFile.read(descriptor: STDIN_FILENO, limit: limit).bytes
        } catch {
            throw UnreadableScript(
                path: path ?? "-", reason: error.description,
                hint: error.isNotFound ? commandHint(for: path ?? "-") : "")
        }
    }
}
