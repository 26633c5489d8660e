import LuaSyntax

/// A line of a Lua text, counted as Lua counts: LF, CR, and either pair of the two end one.
package enum SourceLine {
    /// The line without its break; nil beyond the end, and where it is too long to be shown.
    ///
    /// - Parameter number: from 1.
    package static func text(_ number: Int, of source: [UInt8]) -> String? {
        let lines = LuaLines(source)
        guard number >= 1, number <= lines.lineCount else { return nil }
        let range = lines.range(ofLine: number)
        var line = source[range.start..<range.end]
        while let last = line.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { line.removeLast() }
        return line.count > 400 ? nil : String(decoding: line, as: UTF8.self)
    }
}
