import LuaSyntax

/// Columns of a source's lines in the units that readers count in.
struct SourceColumns: Sendable {
    let bytes: [UInt8]
    let lines: LuaLines

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        lines = LuaLines(bytes)
    }

    /// A line without its break; what is not UTF-8 becomes U+FFFD.
    func text(ofLine line: Int) -> String {
        let range = lines.range(ofLine: line)
        var end = range.end
        while end > range.start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return String(decoding: bytes[range.start..<end], as: UTF8.self)
    }

    /// What stands before a place on its line.
    func prefix(of position: LuaPosition) -> String {
        let start = lines.range(ofLine: position.line).start
        return String(decoding: bytes[start..<min(bytes.count, start + position.column - 1)], as: UTF8.self)
    }

    /// The column in Unicode scalars, from 1.
    func scalarColumn(of position: LuaPosition) -> Int { prefix(of: position).unicodeScalars.count + 1 }

    /// The column in units of UTF-16, from 1.
    func utf16Column(of position: LuaPosition) -> Int { prefix(of: position).utf16.count + 1 }
}
