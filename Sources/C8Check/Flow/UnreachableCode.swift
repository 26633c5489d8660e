import LuaSyntax

/// Statements that nothing leads to.
enum UnreachableCode {
    static func check(_ chunk: LuaChunk, _ list: inout FindingList) {
        let flow = ControlFlow(chunk: chunk)
        var ranges: [LuaRange] = []
        flow.look(chunk.block, &ranges)
        chunk.block.visit(
            { statement in for block in statement.blocks { flow.look(block, &ranges) } },
            { expression in
                if case .function(let body) = expression.kind { flow.look(body.block, &ranges) }
            })
        for range in ranges { list.add(.unreachable, "this is never reached", at: range) }
    }
}
