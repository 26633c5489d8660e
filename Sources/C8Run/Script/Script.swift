/// The text of a script, with the name that errors show and the folder that `require` may read.
public struct Script: Sendable {
    /// Lua source; a first line that begins with `#` is skipped.
    public var source: [UInt8]
    /// As errors and tracebacks name it: a path, or a word in parentheses.
    public var name: String
    /// `require` finds files below this folder; nil for none.
    public var folder: String?

    /// A script from memory.
    public init(source: [UInt8], name: String, folder: String? = nil) {
        self.source = source
        self.name = name
        self.folder = folder
    }

    /// A script from a text.
    public init(_ source: String, name: String = "(script)", folder: String? = nil) {
        self.init(source: Array(source.utf8), name: name, folder: folder)
    }

    /// Lua source without a byte order mark and without its `#!` line, whose line break stays so that line numbers are right:
    /// as Lua reads files (`luaL_loadfilex`, manual §5.1).
    package var chunk: [UInt8] {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let source = source.starts(with: mark) ? Array(source.dropFirst(mark.count)) : source
        guard source.first == UInt8(ascii: "#") else { return source }
        let rest = source.firstIndex(of: UInt8(ascii: "\n")).map { source[$0...] } ?? []
        return Array(rest)
    }
}

extension Script: ExpressibleByStringLiteral {
    /// A script from a text that the program holds.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}
