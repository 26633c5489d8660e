import C8Run

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

    /// The line of a place such as `orders_test.lua:12: in function 'f'`, if it is in this file. Lua shortens long paths to
    /// their ends, behind three dots.
    func line(of place: String) -> Int? {
        let head = place.split(separator: ": ", maxSplits: 1).first ?? ""
        guard let colon = head.lastIndex(of: ":"), let line = Int(head[head.index(after: colon)...]) else { return nil }
        let name = head[..<colon]
        return name == path || name.hasPrefix("...") && path.hasSuffix(name.dropFirst(3)) ? line : nil
    }

    /// One line, counted from 1, without its indentation; nil beyond the end, and where it is too long to show.
    func line(_ number: Int) -> String? { SourceLine.text(number, of: source)?.trimmed }
}
