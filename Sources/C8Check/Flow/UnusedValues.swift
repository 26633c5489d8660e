import LuaSyntax

/// Values that are replaced, or given up with their variable, before anything reads them.
///
/// Only straight lines are judged: variables that no function inside uses, from one statement of a block to the next. What
/// stands in branches and loops counts as read where they mention the variable.
struct UnusedValues {
    let chunk: LuaChunk

    private struct Pending {
        let range: LuaRange
        /// Whether the value is plainly a beginning, such as nil, which is fine to be replaced.
        let isStart: Bool
    }

    func check(_ list: inout FindingList) {
        var found: [(Int, LuaRange, Bool)] = []
        look(chunk.block, until: nil, &found)
        chunk.block.visit(
            { statement in
                if case .repeat(let block, let condition) = statement.kind {
                    look(block, until: condition, &found)
                } else {
                    for block in statement.blocks { look(block, until: nil, &found) }
                }
            },
            { expression in if case .function(let body) = expression.kind { look(body.block, until: nil, &found) } })
        for (index, range, isReplaced) in found {
            let name = chunk.variables[index].name.text
            let fate = isReplaced ? "replaced before it is read" : "never read"
            list.add(.unusedValue, "the value that \(name) has here is \(fate)", at: range, subject: name)
        }
    }

    private func look(_ block: LuaBlock, until condition: LuaExpression?, _ found: inout [(Int, LuaRange, Bool)]) {
        let jumps = block.statements.contains { statement in
            switch statement.kind {
            case .label, .goto: true
            default: false
            }
        }
        guard !jumps else { return }
        var pending: [Int: Pending] = [:]
        var own: Set<Int> = []
        for statement in block.statements {
            let written = written(statement)
            for (index, value) in pending {
                let variable = chunk.variables[index]
                if variable.reads.hasAny(in: statement.range) {
                    pending[index] = nil
                } else if written[index] != nil {
                    if !value.isStart { found.append((index, value.range, true)) }
                    pending[index] = nil
                } else if variable.writes.hasAny(in: statement.range) {
                    // Perhaps replaced, in a branch.
                    pending[index] = nil
                }
            }
            if case .local(let variables, let values) = statement.kind {
                for (index, variable) in variables.enumerated() where isPlain(variable) {
                    own.insert(variable)
                    guard index < values.count,
                        values[index...].count > 1 || !values[index].isMultiple || index == values.count - 1
                    else { continue }
                    pending[variable] = Pending(
                        range: chunk.variables[variable].name.range, isStart: isBeginning(values[index]))
                }
            }
            for (index, range) in written where isPlain(index) {
                pending[index] = Pending(range: range, isStart: false)
            }
        }
        let end = condition?.range
        for (index, value) in pending where own.contains(index) && !value.isStart {
            let variable = chunk.variables[index]
            if let end, variable.reads.hasAny(in: end) { continue }
            // One that is never read at all is another rule's.
            guard !variable.reads.isEmpty else { continue }
            found.append((index, value.range, false))
        }
    }

    private func isPlain(_ index: Int) -> Bool {
        let variable = chunk.variables[index]
        return !variable.isCaptured && variable.attribute == nil && !variable.name.text.hasPrefix("_")
            && !(variable.reads.isEmpty)
    }

    /// The local variables that a statement assigns to, all of it.
    private func written(_ statement: LuaStatement) -> [Int: LuaRange] {
        guard case .assignment(let targets, _) = statement.kind else { return [:] }
        var written: [Int: LuaRange] = [:]
        for target in targets {
            if case .name(let reference) = target.kind, case .local(let index) = reference.target {
                written[index] = target.range
            }
        }
        return written
    }

    /// Values that variables begin with so that they have one.
    private func isBeginning(_ value: LuaExpression) -> Bool {
        switch value.kind {
        case .nil, .true, .false: true
        case .integer(let number): number == 0
        case .number(let number): number == 0
        case .string(let bytes): bytes.isEmpty
        case .table(let fields): fields.isEmpty
        default: false
        }
    }
}
