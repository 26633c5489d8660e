/// Makes tokens of bytes, one at a time, as Lua does (manual §3.1; `llex.c` has the order in which errors are found).
///
/// It never stops at an error: it notes it, and gives the token that was probably meant.
package struct LuaLexer: Sendable {
    let bytes: [UInt8]
    /// The next byte.
    var index: Int
    /// The line of the next byte, from 1.
    var line = 1
    /// The comments so far.
    package private(set) var comments: [LuaComment] = []
    /// The errors so far.
    package var errors: [LuaSyntaxError] = []

    /// A lexer for a whole source.
    ///
    /// - Parameter isFile: whether a first line that begins with `#` is passed over, as in files.
    package init(_ bytes: [UInt8], isFile: Bool = true) {
        self.bytes = bytes
        index = 0
        guard isFile else { return }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF] as [UInt8]) { index = 3 }
        guard current == UInt8(ascii: "#") else { return }
        while let byte = current, !LuaBytes.isLineBreak(byte) { index += 1 }
    }

    /// The next byte; nil at the end.
    var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Passes over the next byte where it is the given one.
    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        index += 1
        return true
    }

    /// Passes over one line break, which may be a pair.
    mutating func takeLineBreak() {
        guard let first = current else { return }
        index += 1
        if let second = current, LuaBytes.isLineBreak(second), second != first { index += 1 }
        line += 1
    }

    /// Goes to the end: nothing more is read.
    mutating func stop() { index = bytes.count }

    /// The next token.
    package mutating func next() -> LuaToken {
        while let byte = current {
            if LuaBytes.isLineBreak(byte) {
                takeLineBreak()
            } else if LuaBytes.isBlank(byte) {
                index += 1
            } else if byte == UInt8(ascii: "-"), index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "-") {
                skipComment()
            } else {
                return token(byte)
            }
        }
        return LuaToken(kind: .endOfFile, range: LuaRange(bytes.count, bytes.count), line: line)
    }

    private mutating func token(_ byte: UInt8) -> LuaToken {
        let start = index
        if LuaBytes.isNameStart(byte) {
            while let byte = current, LuaBytes.isNamePart(byte) { index += 1 }
            let text = String(decoding: bytes[start..<index], as: UTF8.self)
            return made(text.utf8.count <= 8 ? LuaTokenKind.reserved[text] ?? .name : .name, start)
        }
        if LuaBytes.isDigit(byte) { return numeral() }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return shortString(byte) }
        if byte == UInt8(ascii: "["), let token = bracket() { return token }
        index += 1
        return symbol(byte, start)
    }

    private mutating func symbol(_ byte: UInt8, _ start: Int) -> LuaToken {
        func one(_ kind: LuaTokenKind) -> LuaToken { made(kind, start) }
        switch byte {
        case UInt8(ascii: "+"): return one(.plus)
        case UInt8(ascii: "-"): return one(.minus)
        case UInt8(ascii: "*"): return one(.star)
        case UInt8(ascii: "%"): return one(.percent)
        case UInt8(ascii: "^"): return one(.caret)
        case UInt8(ascii: "#"): return one(.hash)
        case UInt8(ascii: "&"): return one(.ampersand)
        case UInt8(ascii: "|"): return one(.pipe)
        case UInt8(ascii: "("): return one(.leftParenthesis)
        case UInt8(ascii: ")"): return one(.rightParenthesis)
        case UInt8(ascii: "{"): return one(.leftBrace)
        case UInt8(ascii: "}"): return one(.rightBrace)
        case UInt8(ascii: "["): return one(.leftBracket)
        case UInt8(ascii: "]"): return one(.rightBracket)
        case UInt8(ascii: ";"): return one(.semicolon)
        case UInt8(ascii: ","): return one(.comma)
        case UInt8(ascii: "/"): return made(take(UInt8(ascii: "/")) ? .doubleSlash : .slash, start)
        case UInt8(ascii: "~"): return made(take(UInt8(ascii: "=")) ? .notEqual : .tilde, start)
        case UInt8(ascii: "="): return made(take(UInt8(ascii: "=")) ? .equal : .assign, start)
        case UInt8(ascii: ":"): return made(take(UInt8(ascii: ":")) ? .doubleColon : .colon, start)
        case UInt8(ascii: "<"):
            if take(UInt8(ascii: "=")) { return made(.lessEqual, start) }
            return made(take(UInt8(ascii: "<")) ? .shiftLeft : .less, start)
        case UInt8(ascii: ">"):
            if take(UInt8(ascii: "=")) { return made(.greaterEqual, start) }
            return made(take(UInt8(ascii: ">")) ? .shiftRight : .greater, start)
        case UInt8(ascii: "."):
            if let byte = current, LuaBytes.isDigit(byte) {
                index = start
                return numeral()
            }
            guard take(UInt8(ascii: ".")) else { return made(.dot, start) }
            return made(take(UInt8(ascii: ".")) ? .ellipsis : .concat, start)
        default: return one(.other)
        }
    }

    /// A token from `start` to here.
    func made(_ kind: LuaTokenKind, _ start: Int, value: LuaToken.Value? = nil) -> LuaToken {
        LuaToken(kind: kind, range: LuaRange(start, index), line: line, value: value)
    }

    /// Notes an error. `near` is the text that Lua would show; nil for the text's end.
    mutating func note(_ message: String, near: [UInt8]?, from start: Int) {
        let text = near.map { "'\(String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self))'" } ?? "<eof>"
        errors.append(
            LuaSyntaxError(
                message: "\(message) near \(text)", line: line, range: LuaRange(start, index), isAtEnd: near == nil))
    }

    private mutating func skipComment() {
        let (start, firstLine) = (index, line)
        let isAlone = bytes[..<start].reversed().prefix { !LuaBytes.isLineBreak($0) }.allSatisfy(LuaBytes.isBlank)
        index += 2
        var content = LuaRange(index, index)
        if current == UInt8(ascii: "["), let level = longBracketLevel() {
            content = skipLong(level, start, "comment")
        } else {
            while let byte = current, !LuaBytes.isLineBreak(byte) { index += 1 }
            content = LuaRange(start + 2, index)
        }
        comments.append(
            LuaComment(
                range: LuaRange(start, index), content: content, isAlone: isAlone, firstLine: firstLine, lastLine: line)
        )
    }
}
