import C8Platform
import LuaSyntax

extension CallRules {
    /// What is known of a value's member.
    ///
    /// - Parameter path: this name and those that follow it, for proposals.
    func member(
        _ name: String, of value: KnownValue, at range: LuaRange, name nameRange: LuaRange, path: [LuaName], tells: Bool
    ) -> KnownValue? {
        switch value {
        case .object(let type):
            if let member = settings.types.member(name, of: type) { return self.value(of: member) }
            if type == "c8", settings.types.moduleNames.contains("c8.\(name)") { return object("c8.\(name)") }
            if type == "c8" { return operation(name, at: range, path: path, tells: tells) }
            guard tells, !settings.types.isOpen(type) else { return nil }
            let near = NearestNames.hint(name, among: settings.types.memberNames(of: type))
            let hint = near.isEmpty ? "it has \(settings.types.memberNames(of: type).joined(separator: ", "))" : nil
            list.add(.unknownField, "\(type) has no \(name)\(near)", at: nameRange, hint: hint, subject: name)
            return nil
        case .section(let section): return operation("\(section).\(name)", at: range, path: path, tells: tells)
        case .operation(let entry):
            if tells { tellUnknown("\(entry.id).\(name)", at: range) }
            return nil
        case .standard(let library): return standard(name, of: library, at: range, tells: tells)
        case .module(let module):
            guard tells, !module.fields.contains(name), !assignedFields.contains(name) else { return nil }
            let near = NearestNames.hint(name, among: module.fields)
            let names = module.fields.sorted().joined(separator: ", ")
            let hint = near.isEmpty ? (names.isEmpty ? "it has no fields" : "it has \(names)") : nil
            // A field that is missing is nil, which a script may want to know.
            list.add(
                .unknownField, "the module \(module.name) has no \(name)\(near)", at: nameRange, hint: hint,
                subject: name,
                severity: .warning)
            return nil
        case .function, .text: return nil
        }
    }

    private func value(of member: TypeMember) -> KnownValue? {
        switch member {
        case .function(let function): .function(function)
        case .field(let type, _): object(type)
        }
    }

    private func standard(_ name: String, of library: String, at range: LuaRange, tells: Bool) -> KnownValue? {
        guard let names = StandardGlobals.libraries[library] else { return nil }
        let path = "\(library).\(name)"
        if names.contains(name) { return .standard(path) }
        guard tells, library != "package" || StandardGlobals.unavailable[path] != nil else { return nil }
        if let instead = StandardGlobals.unavailable[path] {
            list.add(.unavailable, StandardGlobals.refusal(path, instead), at: range, subject: path)
        } else if !chunk.globals.contains(where: { $0.isWrite && $0.name.text == library }) {
            let near = NearestNames.hint(name, among: names)
            list.add(.unknownField, "the library \(library) has no \(name)\(near)", at: range, subject: path)
        }
        return nil
    }

    // MARK: Operations

    /// A section or an operation by its path.
    private func operation(_ id: String, at range: LuaRange, path: [LuaName], tells: Bool) -> KnownValue? {
        if let entry = settings.catalogue[OperationID(id)], entry.kind == .operation {
            if tells { tell(entry, at: range) }
            return .operation(entry)
        }
        if !settings.catalogue.names(under: id).isEmpty { return .section(id) }
        guard tells else { return nil }
        let rest = path.dropFirst()
        let whole = ([id] + rest.map(\.text)).joined(separator: ".")
        tellUnknown(whole, at: LuaRange(range.start, rest.last?.range.end ?? range.end))
        return nil
    }

    /// An operation by its id as a string.
    func operation(named text: LuaExpression) -> CatalogueEntry? {
        guard let known = self.text(of: text), known.isWhole, !known.isDefault else { return nil }
        guard let entry = settings.catalogue[OperationID(known.text)], entry.kind == .operation else {
            tellUnknown(known.text, at: text.range)
            return nil
        }
        tell(entry, at: text.range)
        return entry
    }

    private func tellUnknown(_ path: String, at range: LuaRange) {
        let near = proposals[path] ?? nearest(path)
        proposals[path] = near
        let hint =
            near.isEmpty ? "c8run api list shows all operations" : "did you mean \(near.joined(separator: ", "))?"
        list.add(.unknownOperation, "there is no operation \(path)", at: range, hint: hint, subject: path)
    }

    private func nearest(_ path: String) -> [String] {
        let near = settings.catalogue.nearest(to: path).map(\.rawValue)
        guard near.isEmpty else { return near }
        let parent = path.split(separator: ".").dropLast().joined(separator: ".")
        let word = path.split(separator: ".").last.map(String.init) ?? path
        var names = settings.catalogue.names(under: parent)
        if parent.isEmpty { names += settings.types.memberNames(of: "c8") }
        return NearestNames.find(word, among: names, limit: 3).map { parent.isEmpty ? $0 : "\(parent).\($0)" }
    }

    /// What there is to say of an operation wherever it is used.
    private func tell(_ entry: CatalogueEntry, at range: LuaRange) {
        if entry.status != .active {
            let state = entry.status == .void ? "withdrawn (作废)" : "deprecated (废弃)"
            let instead = entry.replacements.map { "c8.\($0)" }.joined(separator: " or ")
            list.add(
                .deprecatedOperation, "\(entry.id) is \(state)", at: range,
                hint: instead.isEmpty ? "no page's title names a replacement" : "use \(instead)",
                subject: entry.id.rawValue)
        }
        guard binding(of: entry) == nil else { return }
        guard settings.hasBindings else {
            unbound.append((entry.id, range))
            return
        }
        list.add(
            .unboundOperation, "\(entry.id) has no binding: nobody has said yet how it is called", at: range,
            hint: "import its documentation page 「\(entry.title)」 with c8run api import", subject: entry.id.rawValue)
    }
}
