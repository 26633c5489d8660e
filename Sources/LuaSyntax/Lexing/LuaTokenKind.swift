/// What a token is.
package enum LuaTokenKind: UInt8, Sendable, CaseIterable {
    case and, `break`, `do`, `else`, elseif, end, `false`, `for`, function, goto, `if`, `in`, local, `nil`, not, or
    case `repeat`, `return`, then, `true`, until, `while`
    case plus, minus, star, slash, doubleSlash, percent, caret, hash, ampersand, tilde, pipe, shiftLeft, shiftRight
    case equal, notEqual, lessEqual, greaterEqual, less, greater, assign
    case leftParenthesis, rightParenthesis, leftBrace, rightBrace, leftBracket, rightBracket
    case doubleColon, semicolon, colon, comma, dot, concat, ellipsis
    case integer, float, string, name, endOfFile
    /// A byte that begins no token.
    case other

    /// The token as Lua's messages name it, without quotes.
    package var text: String { Self.texts[Int(rawValue)] }

    /// Whether messages put the text between quotes: not where it stands for a kind of tokens.
    var isQuoted: Bool { rawValue < Self.integer.rawValue }

    private static let texts = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
        "not", "or", "repeat", "return", "then", "true", "until", "while",
        "+", "-", "*", "/", "//", "%", "^", "#", "&", "~", "|", "<<", ">>",
        "==", "~=", "<=", ">=", "<", ">", "=",
        "(", ")", "{", "}", "[", "]",
        "::", ";", ":", ",", ".", "..", "...",
        "<integer>", "<number>", "<string>", "<name>", "<eof>", "<other>",
    ]

    /// The reserved words (manual §3.1).
    package static let reserved: [String: LuaTokenKind] = Dictionary(
        uniqueKeysWithValues: allCases.prefix(22).map { ($0.text, $0) })
}
