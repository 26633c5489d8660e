/// A source as it was understood: its tree, its names, and what is wrong with it.
package struct LuaChunk: Sendable {
    /// The source itself.
    package let bytes: [UInt8]
    package let lines: LuaLines
    package let block: LuaBlock
    /// Every local variable, in the order of declaration.
    package let variables: [LuaVariable]
    /// Every use of a global variable, in the order of the source.
    package let globals: [LuaGlobalUse]
    package let labels: [LuaLabel]
    package let comments: [LuaComment]
    /// In the order in which Lua would find them, were it to go on; the first is the one that it gives. Empty for a source
    /// that Lua accepts.
    package let errors: [LuaSyntaxError]

    /// Reads a source.
    ///
    /// - Parameters:
    ///   - bytes: the source, in UTF-8 or any encoding that has ASCII in it.
    ///   - isFile: whether a first line that begins with `#` is passed over, as in files.
    package static func parse(_ bytes: [UInt8], isFile: Bool = true) -> LuaChunk {
        var parser = LuaParser(bytes, isFile: isFile)
        return parser.chunk()
    }

    /// The bytes of a range as text; what is not UTF-8 becomes U+FFFD.
    package func text(_ range: LuaRange) -> String {
        String(decoding: bytes[max(0, range.start)..<min(bytes.count, range.end)], as: UTF8.self)
    }

    /// The comment that says what the source is for: the first ones before any code, line by line, without a `#!` line.
    package var documentation: String? {
        let first = block.statements.first?.range.start ?? bytes.count
        var lines: [String] = []
        var next: Int?
        for comment in comments where comment.range.start < first {
            if let next, comment.firstLine > next { break }
            lines.append(text(comment.content))
            next = comment.lastLine + 1
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }
}
