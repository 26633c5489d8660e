import C8Platform
import LuaSyntax

/// What a script asks of modules and of the platform, held against what there is: one walk over the script, in the order of
/// the source, that remembers what variables are known to be.
final class CallRules {
    let chunk: LuaChunk
    let source: CheckSource
    let settings: CheckSettings
    var list: FindingList
    /// What the script needs to be granted.
    var grants = GrantNeeds()
    /// What local variables are known to be, as far as nothing assigns to them again.
    private var values: [Int: KnownValue] = [:]
    /// Operations without a binding, where there are no bindings at all.
    var unbound: [(id: OperationID, range: LuaRange)] = []
    private let assignsC8: Bool
    /// Names of fields that the script itself assigns to: a module may have got them here.
    let assignedFields: Set<String>
    /// The modules of the script's own by their names, as far as their texts tell.
    private var modules: [String: ScriptModule?] = [:]
    /// Proposals for names that do not exist: a script often has the same mistake many times.
    var proposals: [String: [String]] = [:]
    /// A long bindings file is read piece by piece, so each piece is kept.
    private var bindings: [OperationID: Binding?] = [:]

    init(chunk: LuaChunk, source: CheckSource, settings: CheckSettings, list: FindingList) {
        self.chunk = chunk
        self.source = source
        self.settings = settings
        self.list = list
        assignedFields = Self.assignedFields(chunk)
        assignsC8 = chunk.globals.contains { $0.isWrite && $0.name.text == "c8" }
    }

    private static func assignedFields(_ chunk: LuaChunk) -> Set<String> {
        var names: Set<String> = []
        chunk.block.visit(
            { statement in
                for case .suffixed(_, let suffixes) in statement.targets.map(\.kind) {
                    switch suffixes.last?.kind {
                    case .member(let name): names.insert(name.text)
                    case .index(let key): if let text = key.text { names.insert(text) }
                    default: continue
                    }
                }
            }, { _ in })
        return names
    }

    func check() {
        chunk.block.visit({ self.remember($0) }, { self.look($0) })
        if let first = unbound.first {
            let count = Set(unbound.map(\.id)).count
            list.add(
                .unboundOperation,
                "there are no bindings, so \(count == 1 ? "the call of" : "calls of \(count) operations, first of") "
                    + "\(first.id) could not be checked",
                at: first.range, hint: "name them with --bindings, or make them with c8run api import",
                severity: settings.isStrict ? .warning : .information)
        }
    }

    /// How an operation is called; nil where nobody has said it.
    func binding(of entry: CatalogueEntry) -> Binding? {
        if let known = bindings[entry.id] { return known }
        let binding = settings.bindings[entry.id]
        bindings[entry.id] = .some(binding)
        return binding
    }

    // MARK: Variables

    private func remember(_ statement: LuaStatement) {
        guard case .local(let variables, let expressions) = statement.kind else { return }
        for (index, variable) in variables.enumerated() where chunk.variables[variable].writes.isEmpty {
            if index < expressions.count {
                values[variable] = value(of: expressions[index])
            } else if let last = expressions.last, last.isMultiple {
                values[variable] = result(index - expressions.count + 1, of: last)
            }
        }
    }

    /// A parameter of a function that is given to a module is what the module's annotations say.
    func remember(_ variable: Int, as type: String) {
        guard chunk.variables[variable].writes.isEmpty else { return }
        values[variable] = object(type)
    }

    func object(_ type: String) -> KnownValue? {
        settings.types.classes[type] != nil ? .object(type) : nil
    }

    // MARK: Expressions

    private func look(_ expression: LuaExpression) {
        if case .suffixed(let first, let suffixes) = expression.kind { _ = follow(first, suffixes, tells: true) }
    }

    /// What is known of an expression's value.
    func value(of expression: LuaExpression) -> KnownValue? {
        switch expression.kind {
        case .name(let reference):
            switch reference.target {
            case .local(let index): return values[index]
            case .global: return global(reference.name.text)
            case .environment: return nil
            }
        case .suffixed(let first, let suffixes): return follow(first, suffixes, tells: false)
        case .parenthesized(let inner): return value(of: inner)
        default: return text(of: expression).map { .text($0) }
        }
    }

    private func global(_ name: String) -> KnownValue? {
        if name == "c8" { return assignsC8 ? nil : .object("c8") }
        return StandardGlobals.plain.contains(name) || StandardGlobals.libraries[name] != nil ? .standard(name) : nil
    }

    /// What is known of a string: its beginning at least.
    func text(of expression: LuaExpression) -> KnownText? {
        switch expression.kind {
        case .string: return expression.text.map { KnownText(text: $0) }
        case .integer(let number): return KnownText(text: "\(number)")
        case .parenthesized(let inner): return text(of: inner)
        case .name(let reference):
            guard case .local(let index) = reference.target, case .text(let text) = values[index] else { return nil }
            return text
        case .suffixed(let first, let suffixes):
            // A format begins with what stands before its first percent sign.
            guard suffixes.count == 1, case .method(let name, _) = suffixes[0].kind, name.text == "format",
                let format = text(of: first), format.isWhole
            else { return nil }
            return KnownText(text: String(format.text.prefix { $0 != "%" }), isWhole: false)
        case .binary(let first, let rest):
            if rest.count == 1, rest[0].operator == .or, var fallback = text(of: rest[0].operand) {
                fallback.isDefault = true
                return fallback
            }
            guard rest.allSatisfy({ $0.operator == .concat }), var text = text(of: first) else { return nil }
            for operation in rest where text.isWhole {
                guard let more = self.text(of: operation.operand) else {
                    text.isWhole = false
                    break
                }
                text.text += more.text
                text.isWhole = more.isWhole
                text.isDefault = text.isDefault || more.isDefault
            }
            return text
        default: return nil
        }
    }

    /// The class of a call's result by its place, from 0.
    private func result(_ place: Int, of call: LuaExpression) -> KnownValue? {
        guard case .suffixed(let first, let suffixes) = call.kind, let last = suffixes.last else { return nil }
        let callee = follow(first, Array(suffixes.dropLast()), tells: false)
        let function: TypeFunction?
        switch (callee, last.kind) {
        case (.function(let found), .call): function = found
        case (.object(let type), .method(let name, _)):
            if case .function(let found) = settings.types.member(name.text, of: type) {
                function = found
            } else {
                function = nil
            }
        case (.operation, .call): return place == 1 ? object("c8.Envelope") : nil
        default: function = nil
        }
        guard let results = function?.results, place < results.count else { return nil }
        return object(results[place])
    }

    /// Goes along accesses and calls as far as anything is known.
    func follow(_ first: LuaExpression, _ suffixes: [LuaSuffix], tells: Bool) -> KnownValue? {
        guard var known = value(of: first) else { return nil }
        for (index, suffix) in suffixes.enumerated() {
            let range = LuaRange(first.range.start, suffix.range.end)
            let next: KnownValue?
            switch suffix.kind {
            case .member(let name):
                let path = Self.path(suffixes[index...])
                next = member(name.text, of: known, at: range, name: name.range, path: path, tells: tells)
            case .index(let key):
                guard let name = key.text else { return nil }
                next = member(name, of: known, at: range, name: key.range, path: [], tells: tells)
            case .call(let arguments):
                if tells { check(call: known, arguments, at: range) }
                next = result(of: known, arguments)
            case .method(let name, let arguments):
                next = method(name, of: known, arguments, at: range, tells: tells)
            }
            guard let next else { return nil }
            known = next
        }
        return known
    }

    private func module(_ name: String) -> ScriptModule? {
        if let known = modules[name] { return known }
        let module = source.readModule(name).flatMap { ScriptModule(name: name, bytes: $0) }
        modules[name] = .some(module)
        return module
    }

    /// The names that stand one behind the other, with dots between.
    private static func path(_ suffixes: ArraySlice<LuaSuffix>) -> [LuaName] {
        var names: [LuaName] = []
        for suffix in suffixes {
            guard case .member(let name) = suffix.kind else { break }
            names.append(name)
        }
        return names
    }

    private func result(of callee: KnownValue, _ arguments: [LuaExpression]) -> KnownValue? {
        switch callee {
        case .standard("require"):
            guard let name = arguments.first?.text else { return nil }
            if settings.types.moduleNames.contains(name) { return object(name) }
            if StandardGlobals.libraries[name] != nil { return .standard(name) }
            return module(name).map { .module($0) }
        case .function(let function): return function.results.first.flatMap { object($0) }
        default: return nil
        }
    }
}
