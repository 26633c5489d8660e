import LuaSyntax

/// What stands before the cursor, as far as completing it is concerned.
package enum PromptContext: Sendable, Hashable {
    /// A name behind a path, which is empty for a variable: `c8.json.de`.
    case name(path: [String], partial: String)
    /// A field of the body of a call: `c8.production.orders.create{ or`. `place` leads from the body to the table in which
    /// the cursor stands, arrays passed over; `given` is already there.
    case field(operation: String, place: [String], given: Set<String>, partial: String)
    /// The module's name in `require "…`.
    case module(partial: String)
    /// An operation's id in a string: `c8.call("…`.
    case operation(partial: String)
    /// Nothing that can be completed: within a comment, a string, a number.
    case none

    /// The part of a name that is there already.
    package var partial: String {
        switch self {
        case .name(_, let partial), .field(_, _, _, let partial), .module(let partial), .operation(let partial): partial
        case .none: ""
        }
    }

    /// - Parameter text: everything from the beginning of the input to the cursor.
    package init(before text: String) {
        let bytes = Array(text.utf8)
        var lexer = LuaLexer(bytes, isFile: false)
        var tokens: [LuaToken] = []
        while true {
            let token = lexer.next()
            if token.kind == .endOfFile { break }
            tokens.append(token)
        }
        let reader = PromptTokens(bytes: bytes, tokens: tokens)
        if let comment = lexer.comments.last, comment.range.end == bytes.count {
            self = .none
        } else if let last = tokens.last, last.kind == .string, last.range.end == bytes.count, !lexer.errors.isEmpty {
            self = reader.inString(last)
        } else {
            self = reader.inCode()
        }
    }
}
