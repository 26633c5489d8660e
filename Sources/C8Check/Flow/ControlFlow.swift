import LuaSyntax

/// Where the flow of a program does not go on.
struct ControlFlow {
    let chunk: LuaChunk

    /// Adds the first statement of a block that comes after its end.
    func look(_ block: LuaBlock, _ ranges: inout [LuaRange]) {
        var isOver = false
        for statement in block.statements {
            if case .label = statement.kind {
                isOver = false
            } else if isOver {
                ranges.append(statement.range)
                return
            }
            if ends(statement) { isOver = true }
        }
    }

    /// Whether nothing behind a statement is reached by way of it.
    private func ends(_ statement: LuaStatement) -> Bool {
        switch statement.kind {
        case .return, .break, .goto: true
        case .do(let block): ends(block)
        case .if(let clauses, let otherwise):
            otherwise.map { ends($0) } ?? false && clauses.allSatisfy { ends($0.block) }
        case .while(let condition, let block): isAlwaysTrue(condition) && !leaves(block)
        case .repeat(let block, _): ends(block) && !leaves(block)
        case .call(let call): neverReturns(call)
        default: false
        }
    }

    private func ends(_ block: LuaBlock) -> Bool {
        var isOver = false
        for statement in block.statements {
            if case .label = statement.kind { isOver = false }
            if ends(statement) { isOver = true }
        }
        return isOver
    }

    private func isAlwaysTrue(_ condition: LuaExpression) -> Bool {
        switch condition.kind {
        case .true, .integer, .number, .string: true
        default: false
        }
    }

    /// Whether a loop's block holds a `break` of its own, or a jump that may lead out.
    private func leaves(_ block: LuaBlock) -> Bool {
        block.statements.contains { statement in
            switch statement.kind {
            case .break, .goto: true
            case .while, .repeat, .numericFor, .genericFor: holdsGoto(statement)
            case .function, .localFunction: false
            default: statement.blocks.contains { leaves($0) }
            }
        }
    }

    private func holdsGoto(_ statement: LuaStatement) -> Bool {
        statement.blocks.contains { block in
            block.statements.contains { inner in
                if case .goto = inner.kind { return true }
                return holdsGoto(inner)
            }
        }
    }

    /// `error(…)` and `os.exit(…)`.
    private func neverReturns(_ call: LuaExpression) -> Bool {
        guard case .suffixed(let first, let suffixes) = call.kind, case .name(let name) = first.kind,
            name.target == .global
        else { return false }
        switch (name.name.text, suffixes.count, suffixes.first?.kind) {
        case ("error", 1, .call): return true
        case ("os", 2, .member(let member)): return member.text == "exit"
        default: return false
        }
    }
}
