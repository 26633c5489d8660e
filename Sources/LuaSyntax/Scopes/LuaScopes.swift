/// What names mean while a source is read: the variables, labels and jumps of the functions and blocks that are open.
///
/// It goes step by step with the parser, as Lua's own compiler does (`lparser.c`), so that what Lua refuses is refused here
/// in the same order. What is refused comes back as a message.
struct LuaScopes: Sendable {
    var variables: [LuaVariable] = []
    var globals: [LuaGlobalUse] = []
    var labels: [LuaLabel] = []

    private var indices: [String: [Int]] = [:]
    /// The variables that can be seen; `hidden` for those that Lua itself makes for loops.
    private var active: [Int] = []
    private var declared = 0
    var functions: [LuaFunctionScope] = []
    var gotos: [LuaPendingGoto] = []
    var visibleLabels: [LuaVisibleLabel] = []

    private static let hidden = -1
    private static let environment = -2
    private static let mostLocals = 200
    private static let mostUpvalues = 255

    /// How many variables of the function at hand can be seen.
    var activeCount: Int { active.count - (functions.last?.firstActive ?? 0) }

    // MARK: Functions and blocks

    mutating func openFunction(isVararg: Bool, line: Int) {
        functions.append(
            LuaFunctionScope(
                firstActive: active.count, firstLabel: visibleLabels.count, line: line, isVararg: isVararg))
        openBlock(isLoop: false)
    }

    mutating func closeFunction(at end: Int) -> [LuaScopeProblem] {
        let problems = closeBlock(at: end)
        functions.removeLast()
        return problems
    }

    mutating func openBlock(isLoop: Bool) {
        guard !functions.isEmpty else { return }
        functions[functions.count - 1].blocks.append(
            LuaBlockScope(
                active: activeCount, firstLabel: visibleLabels.count, firstGoto: gotos.count, isLoop: isLoop))
    }

    mutating func closeBlock(at end: Int) -> [LuaScopeProblem] {
        guard let block = functions.last?.blocks.last else { return [] }
        functions[functions.count - 1].blocks.removeLast()
        let first = (functions.last?.firstActive ?? 0) + block.active
        while active.count > first {
            let index = active.removeLast()
            guard index != Self.hidden else { continue }
            variables[index].scope.end = end
            indices[variables[index].name.text]?.removeLast()
        }
        let isOutermost = functions.last?.blocks.isEmpty ?? true
        return leaveJumps(block, isOutermost: isOutermost)
    }

    // MARK: Variables

    /// A new variable, which cannot be seen before it is activated.
    mutating func declare(
        _ name: LuaName, _ kind: LuaVariable.Kind, _ attribute: LuaVariable.Attribute? = nil
    ) -> (index: Int, problem: String?) {
        variables.append(
            LuaVariable(
                name: name, kind: kind, attribute: attribute, depth: functions.count - 1,
                scope: LuaRange(name.range.end, name.range.end)))
        return (variables.count - 1, countDeclared(1))
    }

    /// Room for variables that Lua makes for a loop.
    mutating func declareHidden(_ count: Int) -> String? { countDeclared(count) }

    private mutating func countDeclared(_ count: Int) -> String? {
        declared += count
        guard activeCount + declared > Self.mostLocals else { return nil }
        return "too many local variables (limit is \(Self.mostLocals)) in \(place)"
    }

    private var place: String {
        guard let function = functions.last, functions.count > 1 else { return "main function" }
        return "function at line \(function.line)"
    }

    /// Forgets what was declared and never activated: its statement was given up.
    mutating func forgetDeclared() { declared = 0 }

    mutating func activateHidden(_ count: Int) {
        active += Array(repeating: Self.hidden, count: count)
        declared = max(0, declared - count)
    }

    /// From here on the variables can be seen.
    mutating func activate(_ fresh: [Int], at start: Int) {
        for index in fresh {
            let name = variables[index].name.text
            variables[index].hides = indices[name]?.last
            variables[index].scope.start = start
            indices[name, default: []].append(index)
            active.append(index)
        }
        declared = max(0, declared - fresh.count)
    }

    /// What a name means here. It counts as read until `markWritten` says otherwise.
    mutating func use(_ name: LuaName) -> (reference: LuaReference, problem: String?) {
        if let index = indices[name.text]?.last {
            variables[index].reads.append(name.range)
            let problem = capture(index, depth: variables[index].depth)
            return (LuaReference(name: name, target: .local(index)), problem)
        }
        if let index = indices["_ENV"]?.last {
            variables[index].reads.append(name.range)
            let problem = capture(index, depth: variables[index].depth)
            return (LuaReference(name: name, target: .environment), problem)
        }
        let problem = capture(Self.environment, depth: -1)
        globals.append(LuaGlobalUse(name: name, isWrite: false))
        return (LuaReference(name: name, target: .global), problem)
    }

    private mutating func capture(_ index: Int, depth: Int) -> String? {
        guard depth < functions.count - 1 else { return nil }
        if index >= 0 { variables[index].isCaptured = true }
        for function in max(0, depth + 1)..<functions.count {
            functions[function].upvalues.insert(index)
            if functions[function].upvalues.count > Self.mostUpvalues {
                return "too many upvalues (limit is \(Self.mostUpvalues)) in \(place)"
            }
        }
        return nil
    }

    /// The name that was just used is assigned to.
    mutating func markWritten(_ reference: LuaReference) {
        switch reference.target {
        case .local(let index):
            if variables[index].reads.last == reference.name.range { variables[index].reads.removeLast() }
            variables[index].writes.append(reference.name.range)
        case .global:
            if globals.last?.name == reference.name { globals[globals.count - 1].isWrite = true }
        case .environment: return
        }
    }

    /// The name of a variable of the function at hand, by its number among those that can be seen.
    func activeName(_ number: Int) -> String {
        let position = (functions.last?.firstActive ?? 0) + number
        guard position < active.count, active[position] != Self.hidden else { return "?" }
        return variables[active[position]].name.text
    }

    /// Why a name cannot be assigned to.
    func readOnly(_ reference: LuaReference) -> String? {
        guard case .local(let index) = reference.target, variables[index].attribute != nil else { return nil }
        return "attempt to assign to const variable '\(reference.name.text)'"
    }
}
