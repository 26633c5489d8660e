extension LuaParser {
    mutating func expressions() throws(LuaParseStop) -> [LuaExpression] {
        var list = [try expression()]
        while take(.comma) { list.append(try expression()) }
        return list
    }

    mutating func expression() throws(LuaParseStop) -> LuaExpression { try expression(above: 0) }

    /// An expression of operators that bind more tightly than the limit.
    private mutating func expression(above limit: Int) throws(LuaParseStop) -> LuaExpression {
        try enter()
        defer { levels -= 1 }
        let start = token.range.start
        let first: LuaExpression
        if let sign = LuaUnaryOperator(token.kind) {
            advance()
            let operand = try expression(above: LuaUnaryOperator.priority)
            first = LuaExpression(kind: .unary(sign, operand), range: range(from: start))
        } else {
            first = try simpleExpression()
        }
        var rest: [LuaOperation] = []
        while let sign = LuaBinaryOperator(token.kind), sign.priority.left > limit {
            advance()
            rest.append(LuaOperation(operator: sign, operand: try expression(above: sign.priority.right)))
        }
        return rest.isEmpty ? first : LuaExpression(kind: .binary(first, rest), range: range(from: start))
    }

    private mutating func simpleExpression() throws(LuaParseStop) -> LuaExpression {
        let kind: LuaExpression.Kind
        switch token.kind {
        case .integer, .float, .string:
            switch token.value {
            case .integer(let value): kind = .integer(value)
            case .number(let value): kind = .number(value)
            case .string(let value): kind = .string(value)
            case nil: kind = .missing
            }
        case .nil: kind = .nil
        case .true: kind = .true
        case .false: kind = .false
        case .ellipsis:
            if scopes.functions.last?.isVararg != true { throw fail("cannot use '...' outside a vararg function") }
            kind = .vararg
        case .leftBrace: return try table()
        case .function:
            let start = token.range.start
            advance()
            let body = try functionBody(isMethod: false, line: token.line)
            return LuaExpression(kind: .function(body), range: range(from: start))
        default: return try suffixedExpression()
        }
        let range = token.range
        advance()
        return LuaExpression(kind: kind, range: range)
    }

    private mutating func primaryExpression() throws(LuaParseStop) -> LuaExpression {
        let start = token.range.start
        switch token.kind {
        case .name:
            return try reference()
        case .leftParenthesis:
            let line = token.line
            advance()
            let inner = try expression()
            close(.rightParenthesis, opened: .leftParenthesis, line: line)
            return LuaExpression(kind: .parenthesized(inner), range: range(from: start))
        default:
            throw fail("unexpected symbol")
        }
    }

    /// A name that is used as a value.
    mutating func reference() throws(LuaParseStop) -> LuaExpression {
        let name = try name()
        let (reference, problem) = scopes.use(name)
        try noteLimit(problem)
        return LuaExpression(kind: .name(reference), range: name.range)
    }

    mutating func suffixedExpression() throws(LuaParseStop) -> LuaExpression {
        let (start, line) = (token.range.start, token.line)
        let first = try primaryExpression()
        var suffixes: [LuaSuffix] = []
        while let suffix = try suffix(line) { suffixes.append(suffix) }
        return suffixes.isEmpty ? first : LuaExpression(kind: .suffixed(first, suffixes), range: range(from: start))
    }

    private mutating func suffix(_ line: Int) throws(LuaParseStop) -> LuaSuffix? {
        let start = token.range.start
        let kind: LuaSuffix.Kind
        switch token.kind {
        case .dot:
            advance()
            kind = .member(try name())
        case .leftBracket:
            kind = .index(try bracketedKey())
        case .colon:
            advance()
            let name = try name()
            kind = .method(name, try arguments(line))
        case .leftParenthesis, .string, .leftBrace:
            kind = .call(try arguments(line))
        default:
            return nil
        }
        return LuaSuffix(kind: kind, range: range(from: start))
    }

    private mutating func bracketedKey() throws(LuaParseStop) -> LuaExpression {
        advance()
        let key = try expression()
        try expect(.rightBracket)
        return key
    }

    private mutating func arguments(_ line: Int) throws(LuaParseStop) -> [LuaExpression] {
        switch token.kind {
        case .leftParenthesis:
            advance()
            if take(.rightParenthesis) { return [] }
            let list = try expressions()
            close(.rightParenthesis, opened: .leftParenthesis, line: line)
            return list
        case .leftBrace: return [try table()]
        case .string: return [try simpleExpression()]
        default: throw fail("function arguments expected")
        }
    }

    private mutating func table() throws(LuaParseStop) -> LuaExpression {
        let (start, line) = (token.range.start, token.line)
        advance()
        var fields: [LuaTableField] = []
        while token.kind != .rightBrace {
            fields.append(try tableField())
            if !take(.comma), !take(.semicolon) { break }
        }
        close(.rightBrace, opened: .leftBrace, line: line)
        return LuaExpression(kind: .table(fields), range: range(from: start))
    }

    private mutating func tableField() throws(LuaParseStop) -> LuaTableField {
        let start = token.range.start
        var key = LuaTableField.Key.next
        if token.kind == .name, peek() == .assign {
            key = .name(try name())
            advance()
        } else if token.kind == .leftBracket {
            key = .computed(try bracketedKey())
            try expect(.assign)
        }
        let value = try expression()
        return LuaTableField(key: key, value: value, range: range(from: start))
    }
}
