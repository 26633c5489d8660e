extension LuaParser {
    /// Statements up to what ends their block; the scope is the caller's.
    mutating func block() -> LuaBlock {
        var statements: [LuaStatement] = []
        let start = token.range.start
        while !endsBlock(withUntil: true) {
            let isReturn = token.kind == .return
            let before = token.range.start
            do {
                try statement(into: &statements)
                if isReturn { break }
            } catch {
                recover(from: before)
            }
        }
        return LuaBlock(statements: statements, range: LuaRange(start, token.range.start))
    }

    /// A block with a scope of its own.
    mutating func scopedBlock(isLoop: Bool = false) -> LuaBlock {
        scopes.openBlock(isLoop: isLoop)
        let block = block()
        note(scopes.closeBlock(at: token.range.start))
        return block
    }

    private mutating func statement(into statements: inout [LuaStatement]) throws(LuaParseStop) {
        try enter()
        defer { levels -= 1 }
        let (start, line) = (token.range.start, token.line)
        let kind: LuaStatement.Kind
        switch token.kind {
        case .semicolon:
            advance()
            return
        case .doubleColon:
            try label(into: &statements)
            return
        case .if: kind = ifStatement(line)
        case .while: kind = whileStatement(line)
        case .do:
            advance()
            let block = scopedBlock()
            close(.end, opened: .do, line: line)
            kind = .do(block)
        case .for: kind = try forStatement(line)
        case .repeat: kind = try repeatStatement(line)
        case .function: kind = try functionStatement(line)
        case .local:
            advance()
            kind = take(.function) ? try localFunction() : try localStatement()
        case .return: kind = try returnStatement()
        case .break:
            scopes.addGoto(LuaName(text: "break", range: token.range), line: line)
            advance()
            kind = .break
        case .goto:
            advance()
            let name = try name()
            scopes.addGoto(name, line: line)
            kind = .goto(name)
        default: kind = try expressionStatement()
        }
        statements.append(LuaStatement(kind: kind, range: range(from: start)))
    }

    // MARK: Control

    /// The condition of a statement, whose block is read also where the condition cannot be.
    private mutating func condition(until word: LuaTokenKind) -> LuaExpression {
        let start = token.range.start
        let condition: LuaExpression
        do {
            condition = try expression()
        } catch {
            recoverHead(until: word)
            condition = LuaExpression(kind: .missing, range: range(from: start))
        }
        expectSoftly(word)
        return condition
    }

    private mutating func ifStatement(_ line: Int) -> LuaStatement.Kind {
        var clauses: [LuaClause] = []
        repeat {
            advance()
            let condition = condition(until: .then)
            clauses.append(LuaClause(condition: condition, block: scopedBlock()))
        } while token.kind == .elseif
        let otherwise = take(.else) ? scopedBlock() : nil
        close(.end, opened: .if, line: line)
        return .if(clauses, otherwise)
    }

    private mutating func whileStatement(_ line: Int) -> LuaStatement.Kind {
        advance()
        let condition = condition(until: .do)
        let block = scopedBlock(isLoop: true)
        close(.end, opened: .while, line: line)
        return .while(condition, block)
    }

    private mutating func repeatStatement(_ line: Int) throws(LuaParseStop) -> LuaStatement.Kind {
        advance()
        scopes.openBlock(isLoop: true)
        scopes.openBlock(isLoop: false)
        let block = block()
        close(.until, opened: .repeat, line: line)
        // The condition sees the block's variables.
        var condition: LuaExpression?
        do { condition = try expression() } catch { recoverHead(until: .endOfFile) }
        note(scopes.closeBlock(at: previousEnd))
        note(scopes.closeBlock(at: previousEnd))
        return .repeat(block, condition ?? LuaExpression(kind: .missing, range: range(from: token.range.start)))
    }

    private mutating func forStatement(_ line: Int) throws(LuaParseStop) -> LuaStatement.Kind {
        advance()
        scopes.openBlock(isLoop: true)
        var names: [Int] = []
        var values: [LuaExpression] = []
        var isNumeric = false
        do {
            let first = try name()
            switch token.kind {
            case .assign:
                isNumeric = true
                try noteLimit(scopes.declareHidden(3))
                names = [try declare(first, .loop)]
                advance()
                values = [try expression()]
                try expect(.comma)
                values.append(try expression())
                if take(.comma) { values.append(try expression()) }
                scopes.activateHidden(3)
            case .comma, .in:
                try noteLimit(scopes.declareHidden(4))
                names = [try declare(first, .loop)]
                while take(.comma) { names.append(try declare(try name(), .loop)) }
                try expect(.in)
                values = try expressions()
                scopes.activateHidden(4)
            default:
                throw fail("'=' or 'in' expected")
            }
        } catch {
            scopes.forgetDeclared()
            recoverHead(until: .do)
        }
        expectSoftly(.do)
        scopes.openBlock(isLoop: false)
        scopes.activate(names, at: previousEnd)
        let block = scopedBlock()
        note(scopes.closeBlock(at: token.range.start))
        close(.end, opened: .for, line: line)
        note(scopes.closeBlock(at: previousEnd))
        guard isNumeric, let variable = names.first else { return .genericFor(names, values, block) }
        return .numericFor(variable, values, block)
    }

    private mutating func returnStatement() throws(LuaParseStop) -> LuaStatement.Kind {
        advance()
        var values: [LuaExpression] = []
        if !endsBlock(withUntil: true), token.kind != .semicolon { values = try expressions() }
        _ = take(.semicolon)
        return .return(values)
    }

    private mutating func label(into statements: inout [LuaStatement]) throws(LuaParseStop) {
        let (start, line) = (token.range.start, token.line)
        advance()
        let name = try name()
        try expect(.doubleColon)
        let range = range(from: start)
        var following: [LuaStatement] = []
        while token.kind == .semicolon || token.kind == .doubleColon { try statement(into: &following) }
        let (index, problems) = scopes.addLabel(name, line: line, isLast: endsBlock(withUntil: false))
        note(problems)
        statements.append(LuaStatement(kind: .label(index), range: range))
        statements += following
    }

    // MARK: Functions, variables, calls

    private mutating func functionStatement(_ line: Int) throws(LuaParseStop) -> LuaStatement.Kind {
        advance()
        let start = token.range.start
        var target = LuaExpression(kind: .missing, range: LuaRange(start, start))
        var isMethod = false
        do {
            target = try functionName(&isMethod)
        } catch {
            recoverHead(until: .leftParenthesis)
        }
        if case .name(let reference) = target.kind { scopes.markWritten(reference) }
        let body = try functionBody(isMethod: isMethod, line: line)
        if case .name(let reference) = target.kind, let message = scopes.readOnly(reference) {
            note([LuaScopeProblem(message: message, range: target.range)])
        }
        return .function(target, body)
    }

    private mutating func functionName(_ isMethod: inout Bool) throws(LuaParseStop) -> LuaExpression {
        let start = token.range.start
        let first = try reference()
        var suffixes: [LuaSuffix] = []
        while token.kind == .dot || token.kind == .colon, !isMethod {
            isMethod = token.kind == .colon
            let at = token.range.start
            advance()
            suffixes.append(LuaSuffix(kind: .member(try name()), range: range(from: at)))
        }
        return suffixes.isEmpty ? first : LuaExpression(kind: .suffixed(first, suffixes), range: range(from: start))
    }

    private mutating func localFunction() throws(LuaParseStop) -> LuaStatement.Kind {
        let variable = try declare(try name(), .function)
        scopes.activate([variable], at: previousEnd)
        return .localFunction(variable, try functionBody(isMethod: false, line: token.line))
    }

    private mutating func localStatement() throws(LuaParseStop) -> LuaStatement.Kind {
        var names: [Int] = []
        var hasClose = false
        repeat {
            let name = try name()
            let attribute = try attribute()
            if attribute == .close {
                if hasClose {
                    let message = "multiple to-be-closed variables in local list"
                    note([LuaScopeProblem(message: message, range: name.range)])
                }
                hasClose = true
            }
            names.append(try declare(name, .local, attribute))
        } while take(.comma)
        let values = take(.assign) ? try expressions() : []
        scopes.activate(names, at: previousEnd)
        return .local(names, values)
    }

    private mutating func attribute() throws(LuaParseStop) -> LuaVariable.Attribute? {
        guard take(.less) else { return nil }
        let name = try name()
        try expect(.greater)
        if let attribute = LuaVariable.Attribute(rawValue: name.text) { return attribute }
        note([LuaScopeProblem(message: "unknown attribute '\(name.text)'", range: name.range)])
        return nil
    }

    private mutating func expressionStatement() throws(LuaParseStop) -> LuaStatement.Kind {
        let first = try suffixedExpression()
        guard token.kind == .assign || token.kind == .comma else {
            guard case .suffixed(_, let suffixes) = first.kind, suffixes.last?.isCall == true else {
                throw fail("syntax error")
            }
            return .call(first)
        }
        let level = levels
        defer { levels = level }
        var targets = [try target(first)]
        while take(.comma) {
            let next = try suffixedExpression()
            try enter()
            targets.append(try target(next))
        }
        try expect(.assign)
        return .assignment(targets, try expressions())
    }

    /// An expression that is assigned to.
    private mutating func target(_ expression: LuaExpression) throws(LuaParseStop) -> LuaExpression {
        switch expression.kind {
        case .name(let reference):
            scopes.markWritten(reference)
            if let message = scopes.readOnly(reference) {
                note([LuaScopeProblem(message: message, range: expression.range)])
            }
            return expression
        case .suffixed(_, let suffixes) where suffixes.last?.isCall == false:
            return expression
        default:
            throw fail("syntax error")
        }
    }
}
