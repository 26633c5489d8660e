/// A file of tests: Lua text with the path that reports name and the folder that `require` reads.
public struct TestFile: Sendable, Hashable {
    /// As reports and tracebacks name it.
    public let path: String
    /// Lua text.
    public let source: [UInt8]

    /// A file from memory, as if it stood at the path.
    public init(path: String, source: [UInt8]) {
        self.path = path
        self.source = source
    }

    /// The folder of the path; empty for the working directory.
    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "" }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// One line, counted from 1, without its indentation; nil beyond the end, and where it is too long to show.
    func line(_ number: Int) -> String? {
        let lines = source.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard number >= 1, number <= lines.count, lines[number - 1].count <= 400 else { return nil }
        return String(decoding: lines[number - 1], as: UTF8.self).trimmed
    }
}
