extension LuaParser {
    /// A function from its parameters to `end`.
    mutating func functionBody(isMethod: Bool, line: Int) throws(LuaParseStop) -> LuaFunctionBody {
        let start = token.range.start
        scopes.openFunction(isVararg: false, line: line)
        var parameters: [Int] = []
        do {
            try expect(.leftParenthesis)
            if isMethod {
                let name = LuaName(text: "self", range: LuaRange(start, start))
                parameters.append(try declare(name, .implicitSelf))
            }
            try readParameters(&parameters)
            scopes.activate(parameters, at: previousEnd)
            try expect(.rightParenthesis)
        } catch {
            // The body is read all the same: its `end` belongs to it.
            recoverHead(until: .rightParenthesis)
            _ = take(.rightParenthesis)
            scopes.forgetDeclared()
        }
        let isVararg = scopes.functions.last?.isVararg ?? false
        let block = block()
        close(.end, opened: .function, line: line)
        note(scopes.closeFunction(at: previousEnd))
        return LuaFunctionBody(
            parameters: parameters, isVararg: isVararg, isMethod: isMethod, block: block, range: range(from: start))
    }

    private mutating func readParameters(_ parameters: inout [Int]) throws(LuaParseStop) {
        guard token.kind != .rightParenthesis else { return }
        repeat {
            switch token.kind {
            case .name:
                parameters.append(try declare(try name(), .parameter))
            case .ellipsis:
                advance()
                scopes.functions[scopes.functions.count - 1].isVararg = true
                return
            default:
                throw fail("<name> or '...' expected")
            }
        } while take(.comma)
    }

    /// Declares a variable, within the bounds that Lua has.
    mutating func declare(
        _ name: LuaName, _ kind: LuaVariable.Kind, _ attribute: LuaVariable.Attribute? = nil
    ) throws(LuaParseStop) -> Int {
        let (index, problem) = scopes.declare(name, kind, attribute)
        try noteLimit(problem)
        return index
    }
}
