import C8Platform
import LuaSyntax

/// Names that nothing defines, and names that nothing uses.
struct NameRules {
    let chunk: LuaChunk
    let settings: CheckSettings
    /// Globals that a comment of the script declares.
    let knownGlobals: Set<String>
    /// The bodies of local functions, by the ranges of their names.
    private let bodies: [LuaRange: LuaRange]

    init(chunk: LuaChunk, settings: CheckSettings, knownGlobals: Set<String>) {
        self.chunk = chunk
        self.settings = settings
        self.knownGlobals = knownGlobals
        var bodies: [LuaRange: LuaRange] = [:]
        chunk.block.visit(
            { statement in
                guard case .localFunction(let index, let body) = statement.kind else { return }
                bodies[chunk.variables[index].name.range] = body.range
            }, { _ in })
        self.bodies = bodies
    }

    func check(_ list: inout FindingList) {
        checkGlobals(&list)
        for variable in chunk.variables { check(variable, &list) }
        if settings.isStrict { checkParameters(&list) }
        for label in chunk.labels where !label.isUsed && !label.name.text.hasPrefix("_") {
            list.add(
                .unusedLabel, "nothing goes to the label \(label.name.text)", at: label.name.range,
                subject: label.name.text)
        }
    }

    // MARK: Globals

    private func checkGlobals(_ list: inout FindingList) {
        var written: Set<String> = []
        var read: Set<String> = []
        for use in chunk.globals {
            if use.isWrite { written.insert(use.name.text) } else { read.insert(use.name.text) }
        }
        var told: Set<String> = []
        var proposals: [String: String?] = [:]
        for use in chunk.globals {
            let name = use.name.text
            // No global: the table that holds them, which every chunk has as an upvalue.
            if name == "_ENV" { continue }
            if knownGlobals.contains(name) || StandardGlobals.plain.contains(name)
                || StandardGlobals.libraries[name] != nil
            {
                continue
            }
            if use.isWrite {
                guard told.insert(name).inserted else { continue }
                if read.contains(name) {
                    list.add(
                        .globalAssignment, "\(name) is a global variable", at: use.name.range,
                        hint: "declare it with local",
                        subject: name)
                } else {
                    list.add(
                        .unusedGlobal, "the global variable \(name) is assigned and never read", at: use.name.range,
                        hint: "declare it with local, or leave it out", subject: name)
                }
            } else if let instead = StandardGlobals.unavailable[name], !written.contains(name) {
                list.add(
                    .unavailable, StandardGlobals.refusal(name, instead), at: use.name.range, subject: name
                )
            } else if !written.contains(name) {
                let hint = proposals[name] ?? proposal(name, use.name.range)
                proposals[name] = .some(hint)
                list.add(
                    .undefinedGlobal, "nothing defines the global variable \(name)", at: use.name.range, hint: hint,
                    subject: name)
            }
        }
    }

    private func proposal(_ name: String, _ range: LuaRange) -> String? {
        if settings.types.moduleNames.contains("c8.\(name)") { return "local \(name) = require \"c8.\(name)\"" }
        let locals = chunk.variables.filter { $0.scope.holds(range) }.map(\.name.text)
        let names = Set(locals + StandardGlobals.plain + StandardGlobals.libraries.keys)
        let near = NearestNames.find(name, among: names, limit: 1)
        return near.first.map { "did you mean \($0)?" }
    }

    // MARK: Local variables

    private func check(_ variable: LuaVariable, _ list: inout FindingList) {
        let name = variable.name.text
        if let other = variable.hides, variable.kind != .implicitSelf {
            checkHiding(variable, chunk.variables[other], &list)
        }
        guard !name.hasPrefix("_"), variable.reads.isEmpty || isOnlyItsOwn(variable) else { return }
        switch variable.kind {
        case .parameter, .implicitSelf: return
        case .loop:
            list.add(
                .unusedLoopVariable, "the loop's variable \(name) is never read", at: variable.name.range,
                hint: "call it _", subject: name)
        case .function:
            list.add(
                .unusedFunction, "the function \(name) is never called", at: variable.name.range, subject: name)
        case .local:
            // What is to be closed is used by its being there.
            if variable.attribute == .close { return }
            let message =
                variable.writes.isEmpty
                ? "the variable \(name) is never read" : "the variable \(name) is assigned and never read"
            list.add(
                .unusedVariable, message, at: variable.name.range, hint: "leave it out, or call it _", subject: name)
        }
    }

    /// Those behind the last one that is read: the others hold its place.
    private func checkParameters(_ list: inout FindingList) {
        func look(_ body: LuaFunctionBody) {
            for index in body.parameters.reversed() {
                let variable = chunk.variables[index]
                guard variable.kind == .parameter, variable.reads.isEmpty else { return }
                let name = variable.name.text
                if name.hasPrefix("_") { continue }
                list.add(
                    .unusedParameter, "the parameter \(name) is never read", at: variable.name.range,
                    hint: "leave it out, or call it _", subject: name)
            }
        }
        chunk.block.visit(
            { statement in
                switch statement.kind {
                case .function(_, let body), .localFunction(_, let body): look(body)
                default: return
                }
            }, { expression in if case .function(let body) = expression.kind { look(body) } })
    }

    /// A function that only it calls itself.
    private func isOnlyItsOwn(_ variable: LuaVariable) -> Bool {
        guard variable.kind == .function, let body = bodies[variable.name.range] else { return false }
        return variable.reads.allSatisfy { body.holds($0) }
    }

    private func checkHiding(_ variable: LuaVariable, _ other: LuaVariable, _ list: inout FindingList) {
        let name = variable.name.text
        guard name != "_", !name.hasPrefix("_"), name != "self" else { return }
        let line = chunk.lines.position(of: other.name.range.start).line
        list.add(
            .shadowing, "\(name) hides the variable of the same name of line \(line)", at: variable.name.range,
            subject: name)
    }
}
