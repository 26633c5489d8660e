extension LuaBlock {
    /// Calls the closures with every statement and every expression in this block, at any depth, the outer before the inner.
    /// An expression that is assigned to, or that names a function's place, is not visited itself, but what is in it is.
    package func visit(_ onStatement: (LuaStatement) -> Void, _ onExpression: (LuaExpression) -> Void) {
        for statement in statements {
            onStatement(statement)
            for expression in statement.expressions { expression.visit(onStatement, onExpression) }
            for target in statement.targets { target.visitParts(onStatement, onExpression) }
            for block in statement.blocks { block.visit(onStatement, onExpression) }
        }
    }
}

extension LuaExpression {
    /// As ``LuaBlock/visit(_:_:)`` does, for this expression and what is in it.
    package func visit(_ onStatement: (LuaStatement) -> Void, _ onExpression: (LuaExpression) -> Void) {
        onExpression(self)
        visitParts(onStatement, onExpression)
    }

    fileprivate func visitParts(_ onStatement: (LuaStatement) -> Void, _ onExpression: (LuaExpression) -> Void) {
        if case .function(let body) = kind { body.block.visit(onStatement, onExpression) }
        for part in parts { part.visit(onStatement, onExpression) }
    }

    /// The expressions directly within this one; a function's own are in its block.
    package var parts: [LuaExpression] {
        switch kind {
        case .nil, .true, .false, .vararg, .integer, .number, .string, .function, .name, .missing: []
        case .parenthesized(let inner), .unary(_, let inner): [inner]
        case .binary(let first, let rest): [first] + rest.map(\.operand)
        case .table(let fields):
            fields.flatMap { field -> [LuaExpression] in
                if case .computed(let key) = field.key { return [key, field.value] }
                return [field.value]
            }
        case .suffixed(let first, let suffixes):
            [first]
                + suffixes.flatMap { suffix -> [LuaExpression] in
                    switch suffix.kind {
                    case .member: []
                    case .index(let key): [key]
                    case .call(let arguments), .method(_, let arguments): arguments
                    }
                }
        }
    }
}

extension LuaStatement {
    /// The expressions whose values the statement asks for; a function statement's function is among its blocks.
    package var expressions: [LuaExpression] {
        switch kind {
        case .local(_, let values), .assignment(_, let values), .return(let values), .numericFor(_, let values, _),
            .genericFor(_, let values, _):
            values
        case .call(let call): [call]
        case .while(let condition, _), .repeat(_, let condition): [condition]
        case .if(let clauses, _): clauses.map(\.condition)
        case .localFunction, .function, .do, .break, .goto, .label: []
        }
    }

    /// What is assigned to, other than local declarations.
    package var targets: [LuaExpression] {
        switch kind {
        case .assignment(let targets, _): targets
        case .function(let target, _): [target]
        default: []
        }
    }

    /// The blocks directly within the statement.
    package var blocks: [LuaBlock] {
        switch kind {
        case .do(let block), .while(_, let block), .repeat(let block, _), .numericFor(_, _, let block),
            .genericFor(_, _, let block):
            [block]
        case .localFunction(_, let body), .function(_, let body): [body.block]
        case .if(let clauses, let otherwise): clauses.map(\.block) + (otherwise.map { [$0] } ?? [])
        case .local, .assignment, .call, .return, .break, .goto, .label: []
        }
    }
}
