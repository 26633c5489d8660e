/// What a text is to somebody who types it line by line.
package enum LuaInput: Sendable, Equatable {
    /// It can be run; an expression can be run with `return` before it.
    case complete(isExpression: Bool)
    /// It ended where more may follow.
    case incomplete
    /// No further line would make it right.
    case wrong(LuaSyntaxError)

    /// Judges a text. One that is an expression is taken for one, as Lua's own interpreter does (manual §7).
    package init(_ text: String) {
        let bytes = Array(text.utf8)
        let expression = LuaChunk.parse(Array("return ".utf8) + bytes, isFile: false)
        let statement = LuaChunk.parse(bytes, isFile: false)
        if statement.errors.isEmpty, statement.block.statements.isEmpty {
            self = .complete(isExpression: false)
        } else if expression.errors.isEmpty {
            self = .complete(isExpression: true)
        } else if let error = statement.errors.first {
            let isOpen = [error, expression.errors.first].contains { $0.map { Self.isOpen($0, in: bytes) } ?? false }
            self = isOpen ? .incomplete : .wrong(error)
        } else {
            self = .complete(isExpression: false)
        }
    }

    /// Whether the text ended where more may follow.
    package static func isIncomplete(_ text: String) -> Bool { LuaInput(text) == .incomplete }

    /// A quoted string does not go on in the next line, unless its last one ends with a backslash or `\z`.
    private static func isOpen(_ error: LuaSyntaxError, in bytes: [UInt8]) -> Bool {
        guard error.isAtEnd else { return false }
        guard error.message.hasPrefix("unfinished string") else { return true }
        var end = bytes[...]
        while let last = end.last, LuaBytes.isSpace(last) { end.removeLast() }
        if end.last == UInt8(ascii: "z") {
            end.removeLast()
            return end.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
        }
        return end.reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
    }
}
