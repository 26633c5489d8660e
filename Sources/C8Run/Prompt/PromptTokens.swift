import LuaSyntax

/// The tokens before the cursor, read backwards.
struct PromptTokens {
    let bytes: [UInt8]
    let tokens: [LuaToken]

    /// The cursor is in a string that `open` begins.
    func inString(_ open: LuaToken) -> PromptContext {
        guard let quote = bytes[open.range.start...].first, quote != UInt8(ascii: "[") else { return .none }
        let partial = String(decoding: bytes[(open.range.start + 1)..<open.range.end], as: UTF8.self)
        var at = tokens.count - 2
        if kind(at) == .leftParenthesis { at -= 1 }
        if kind(at) == .name, text(at) == "require", kind(at - 1) != .dot { return .module(partial: partial) }
        if let path = path(endingAt: at), path == ["c8", "call"] || path == ["c8", "pages"] {
            return .operation(partial: partial)
        }
        if kind(at) == .assign, kind(at - 1) == .name, text(at - 1) == "operation" {
            return .operation(partial: partial)
        }
        return .none
    }

    /// The cursor is in none.
    func inCode() -> PromptContext {
        var at = tokens.count - 1
        var partial = ""
        if at >= 0, tokens[at].range.end == bytes.count {
            let last = tokens[at]
            switch last.kind {
            case .integer, .float, .other: return .none
            case .name:
                partial = text(at)
                at -= 1
            default:
                // A keyword may be the beginning of a longer name.
                if LuaTokenKind.reserved[text(at)] != nil {
                    partial = text(at)
                    at -= 1
                }
            }
        }
        if kind(at) == .dot || kind(at) == .colon {
            guard let path = path(endingAt: at - 1) else {
                return kind(at - 1) == .string ? .name(path: ["string"], partial: partial) : .none
            }
            return .name(path: path, partial: partial)
        }
        if kind(at) == .leftBrace || kind(at) == .comma || kind(at) == .semicolon,
            let field = field(before: at, partial: partial)
        {
            return field
        }
        return .name(path: [], partial: partial)
    }

    /// `a.b.c` that ends with this token; nil where it is no such path.
    private func path(endingAt end: Int) -> [String]? {
        var at = end
        var path: [String] = []
        while kind(at) == .name {
            path.insert(text(at), at: 0)
            guard kind(at - 1) == .dot || kind(at - 1) == .colon else { return path }
            at -= 2
        }
        return nil
    }

    /// The tables around the cursor up to the call whose body they are.
    private func field(before end: Int, partial: String) -> PromptContext? {
        var at = end
        var place: [String] = []
        var given: Set<String>?
        while true {
            guard let (open, names) = opening(before: at) else { return nil }
            if given == nil { given = names }
            let before = open - 1
            if kind(before) == .assign, kind(before - 1) == .name {
                place.insert(text(before - 1), at: 0)
                at = before - 2
            } else if kind(before) == .leftBrace || kind(before) == .comma || kind(before) == .semicolon {
                // An element of an array, unless this comma is one between arguments.
                if let operation = operation(before: before) {
                    return .field(operation: operation, place: place, given: given ?? [], partial: partial)
                }
                at = before
            } else if let operation = operation(before: before) {
                return .field(operation: operation, place: place, given: given ?? [], partial: partial)
            } else {
                return nil
            }
        }
    }

    /// The brace that is open at this token, and the fields that stand between.
    private func opening(before end: Int) -> (Int, Set<String>)? {
        var (at, depth) = (end, 0)
        var names: Set<String> = []
        while at >= 0 {
            switch tokens[at].kind {
            case .rightBrace, .rightParenthesis, .rightBracket: depth += 1
            case .leftParenthesis, .leftBracket:
                if depth == 0 { return nil }
                depth -= 1
            case .leftBrace:
                if depth == 0 { return (at, names) }
                depth -= 1
            case .assign where depth == 0 && kind(at - 1) == .name: names.insert(text(at - 1))
            case .function, .do, .then, .end: if depth == 0 { return nil }
            default: break
            }
            at -= 1
        }
        return nil
    }

    /// The operation that is called with what follows this token.
    private func operation(before end: Int) -> String? {
        var at = end
        if kind(at) == .comma, kind(at - 1) == .string, kind(at - 2) == .leftParenthesis,
            let path = path(endingAt: at - 3), path == ["c8", "call"] || path == ["c8", "pages"],
            case .string(let id)? = tokens[at - 1].value
        {
            return String(decoding: id, as: UTF8.self)
        }
        if kind(at) == .leftParenthesis { at -= 1 }
        guard let path = path(endingAt: at), path.count > 2, path[0] == "c8" else { return nil }
        return path.dropFirst().joined(separator: ".")
    }

    private func kind(_ index: Int) -> LuaTokenKind? { tokens.indices.contains(index) ? tokens[index].kind : nil }

    private func text(_ index: Int) -> String {
        String(decoding: bytes[tokens[index].range.start..<tokens[index].range.end], as: UTF8.self)
    }
}
