import C8Platform
import LuaSyntax
import OrderedCollections

extension CallRules {
    /// A call of an operation by its path: its body and its options.
    func check(_ entry: CatalogueEntry, _ arguments: [LuaExpression], at range: LuaRange) {
        let options = arguments.count > 1 ? arguments[1] : nil
        var validates = true
        if let options, case .table(let fields) = Literal(options) {
            check(fields, against: "c8.CallOptions", of: "c8.\(entry.id)", at: options.range)
            for field in fields {
                if field.staticName == "validate", case .false = field.value.kind { validates = false }
                if field.staticName == "save_to" { note(.write, field.value, at: field.value.range) }
            }
        }
        if validates {
            check(
                body: arguments.first, of: entry, given: [], at: range, isMultiple: arguments.first?.isMultiple ?? false
            )
        }
        if arguments.count > 2 {
            list.add(.argumentCount, "an operation takes a body and options, and nothing more", at: arguments[2].range)
        }
    }

    /// The functions of `c8` that take an operation's id.
    func checkSpecial(_ function: TypeFunction, _ arguments: [LuaExpression], at range: LuaRange) {
        switch function.name {
        case "c8.call":
            guard let id = arguments.first, let entry = operation(named: id) else { return }
            check(entry, Array(arguments.dropFirst()), at: range)
        case "c8.pages":
            guard let id = arguments.first, let entry = operation(named: id) else { return }
            guard let binding = binding(of: entry) else { return }
            guard let paging = binding.paging else {
                list.add(
                    .unboundOperation, "the binding of \(entry.id) does not say how it is paged", at: id.range,
                    hint: "write paging into its binding, or call it as it is", subject: entry.id.rawValue)
                return
            }
            let given: Set<String> = [paging.page, paging.size]
            check(body: arguments.count > 1 ? arguments[1] : nil, of: entry, given: given, at: range, isMultiple: false)
        case "c8.upload": checkUpload(arguments.first, at: range)
        case "c8.task.spawn", "c8.task.scope": checkRun(arguments, from: 1, at: range)
        case "c8.task.timeout": checkRun(arguments, from: 2, at: range)
        case "c8.task.each":
            // It can be called without options, too: where there are three arguments it was not.
            guard arguments.count > 2, case .table(let fields) = Literal(arguments[1]) else { return }
            check(fields, against: "c8.task.EachOptions", of: function.name, at: arguments[1].range)
        default: return
        }
    }

    /// A function that is run with the arguments behind it.
    private func checkRun(_ arguments: [LuaExpression], from first: Int, at range: LuaRange) {
        guard arguments.count >= first, case .operation(let entry) = value(of: arguments[first - 1]) else { return }
        check(entry, Array(arguments.dropFirst(first)), at: range)
    }

    private func checkUpload(_ argument: LuaExpression?, at range: LuaRange) {
        guard let argument, case .table(let fields) = Literal(argument) else { return }
        func option(_ name: String) -> LuaExpression? { fields.first { $0.staticName == name }?.value }
        if let file = option("file") { note(.read, file, at: file.range) }
        if let report = option("on_reject"),
            Literal(report).map({ if case .function = $0 { false } else { true } }) ?? true,
            value(of: report) != nil || text(of: report) != nil
        {
            note(.write, report, at: report.range)
            note(.read, report, at: report.range)
        }
        guard let id = option("operation"), let entry = operation(named: id) else { return }
        guard let binding = binding(of: entry), !binding.request.isEmpty else { return }
        var given: Set<String> = []
        if let field = option("field") {
            guard let name = text(of: field), name.isWhole, !name.isDefault else { return }
            given.insert(name.text)
            guard let schema = binding.request[name.text] else {
                let near = NearestNames.hint(name.text, among: binding.request.keys)
                list.add(
                    .misspeltField, "\(entry.id) has no field \(name.text)\(near)", at: field.range, subject: name.text)
                return
            }
            if schema.type != .array, schema.type != .any {
                list.add(
                    .wrongType,
                    "the field \(name.text) of \(entry.id) takes \(BodyRules.article(schema.type)), and an upload "
                        + "gives it an array", at: field.range, subject: name.text)
            }
        }
        check(body: option("body"), of: entry, given: given, at: range, isMultiple: false)
    }

    /// Holds a literal body against the binding.
    ///
    /// - Parameters:
    ///   - given: fields that the host puts in.
    ///   - isMultiple: whether the argument may be none at all, or more.
    func check(body: LuaExpression?, of entry: CatalogueEntry, given: Set<String>, at range: LuaRange, isMultiple: Bool)
    {
        guard !isMultiple, let binding = binding(of: entry), !binding.request.isEmpty else { return }
        var schema = binding.request
        // What the path takes is a field too, whether the page's table has it or not.
        for name in binding.path.fieldNames where schema[name] == nil {
            schema[name] = FieldSchema(type: .any, required: true)
        }
        let literal = body.map { Literal($0) } ?? .some(.null)
        guard let literal else { return }
        switch literal {
        case .table(let fields):
            let rules = BodyRules(operation: entry.id.rawValue, calls: self)
            rules.check(fields, schema, given: given, at: "", range: body?.range ?? range)
        case .null:
            let missing = schema.filter { $0.value.required && !given.contains($0.key) }.keys
            guard !missing.isEmpty else { return }
            list.add(
                .missingField, "\(entry.id) needs \(missing.joined(separator: ", "))", at: range,
                subject: entry.id.rawValue)
        default:
            list.add(
                .wrongType, "the body of \(entry.id) is a table, and is given \(literal.shown)",
                at: body?.range ?? range,
                subject: entry.id.rawValue)
        }
    }
}
