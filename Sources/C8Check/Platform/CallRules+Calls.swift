import C8Platform
import LuaSyntax

extension CallRules {
    /// Judges a call of something known.
    func check(call callee: KnownValue, _ arguments: [LuaExpression], at range: LuaRange) {
        switch callee {
        case .function(let function):
            if function.isMethod {
                let short = function.name.split(separator: ".").last ?? ""
                list.add(
                    .callStyle, "\(short) is a method: it is called with a colon", at: range,
                    hint: "object:\(short)(…)", subject: function.name)
                return
            }
            check(function, arguments, at: range)
        case .operation(let entry): check(entry, arguments, at: range)
        case .section(let path):
            let names = settings.catalogue.names(under: path).joined(separator: ", ")
            list.add(
                .unknownOperation, "\(path) is no operation but a section", at: range, hint: "it has \(names)",
                subject: path)
        case .standard(let path): checkStandard(path, arguments, at: range)
        case .object, .text, .module: return
        }
    }

    /// A call with a colon, and what is known of its result.
    func method(
        _ name: LuaName, of value: KnownValue, _ arguments: [LuaExpression], at range: LuaRange, tells: Bool
    ) -> KnownValue? {
        switch value {
        case .object(let type):
            guard case .function(let function) = settings.types.member(name.text, of: type) else {
                return member(name.text, of: value, at: range, name: name.range, path: [], tells: tells)
            }
            if tells, !function.isMethod {
                list.add(
                    .callStyle, "\(function.name) is a function, not a method: it is called with a dot", at: range,
                    hint: "\(function.name)(…)", subject: function.name)
            } else if tells {
                check(function, arguments, at: range)
            }
            return function.results.first.flatMap { object($0) }
        case .section(let path):
            guard tells else { return nil }
            list.add(
                .callStyle, "operations are called with a dot", at: range, hint: "c8.\(path).\(name.text){…}",
                subject: path)
            return nil
        case .module:
            return member(name.text, of: value, at: range, name: name.range, path: [], tells: tells)
        default: return nil
        }
    }

    private func checkStandard(_ path: String, _ arguments: [LuaExpression], at range: LuaRange) {
        switch path {
        case "require": checkModule(arguments)
        case "pcall", "coroutine.wrap": checkIndirect(arguments, from: 1, at: range, isWhole: path == "pcall")
        case "xpcall": checkIndirect(arguments, from: 2, at: range, isWhole: true)
        case "os.getenv": note(.environment, arguments.first, at: range)
        default: return
        }
    }

    /// A function that is given to another one with its arguments.
    private func checkIndirect(_ arguments: [LuaExpression], from first: Int, at range: LuaRange, isWhole: Bool) {
        guard isWhole, arguments.count >= first, let callee = value(of: arguments[first == 2 ? 0 : first - 1]) else {
            return
        }
        switch callee {
        case .operation, .function: check(call: callee, Array(arguments.dropFirst(first)), at: range)
        default: return
        }
    }

    private func checkModule(_ arguments: [LuaExpression]) {
        guard let name = arguments.first?.text, let range = arguments.first?.range else { return }
        let libraries = StandardGlobals.libraries.keys + ["_G"]
        guard !settings.types.moduleNames.contains(name), !libraries.contains(name), !source.hasModule(name) else {
            return
        }
        let near = NearestNames.find(name, among: Array(settings.types.moduleNames) + source.moduleNames(), limit: 2)
        let path = name.split(separator: ".").joined(separator: "/")
        let hint =
            near.isEmpty
            ? "it would be \(path).lua or \(path)/init.lua below the script's folder"
            : "did you mean \(near.joined(separator: " or "))?"
        list.add(.unknownModule, "there is no module \(name)", at: range, hint: hint, subject: name)
    }

    // MARK: Functions of modules

    /// Judges the arguments of a function whose annotations are known.
    private func check(_ function: TypeFunction, _ arguments: [LuaExpression], at range: LuaRange) {
        checkSpecial(function, arguments, at: range)
        noteGrants(function.name, arguments, at: range)
        guard !function.hasOverloads else { return }
        let isMultiple = arguments.last?.isMultiple ?? false
        let count = isMultiple ? arguments.count - 1 : arguments.count
        if count > function.parameters.count, !function.isVararg {
            list.add(
                .argumentCount,
                "\(function.name) takes \(function.parameters.count) arguments, and is given \(arguments.count)",
                at: range,
                subject: function.name)
        }
        if !isMultiple, count < function.parameters.count {
            let missing = function.parameters[count...].filter { !$0.isOptional }
            if let first = missing.first {
                list.add(
                    .argumentCount, "\(function.name) needs the argument \(first.name)", at: range,
                    subject: function.name)
            }
        }
        for (parameter, argument) in zip(function.parameters, arguments) {
            check(argument, against: parameter.type, name: parameter.name, of: function.name)
        }
    }

    /// Judges a literal argument or option.
    private func check(_ argument: LuaExpression, against type: String, name: String, of function: String) {
        let alternatives = TypeText.alternatives(type)
        if case .function(let body) = argument.kind, let form = alternatives.first(where: { $0.hasPrefix("fun(") }) {
            for (variable, type) in zip(body.parameters, TypeText.parameterTypes(ofFunction: form)) {
                if let type { remember(variable, as: type) }
            }
            return
        }
        guard let literal = Literal(argument) else { return }
        guard literal.fits(type, in: settings.types) else {
            list.add(
                .wrongType, "\(function): \(name) is \(article(type)), and is given \(literal.shown)",
                at: argument.range,
                subject: name)
            return
        }
        if case .table(let fields) = literal,
            let exact = alternatives.compactMap({ settings.types.classes[$0] }).first(where: \.isExact)
        {
            check(fields, against: exact.name, of: function, at: argument.range)
        }
    }

    private func article(_ type: String) -> String {
        guard let first = type.first, first.isLetter, !type.contains("|") else { return "of type \(type)" }
        return "aeiou".contains(first) ? "an \(type)" : "a \(type)"
    }

    /// Judges the options that a table gives.
    func check(_ fields: [LuaTableField], against type: String, of function: String, at range: LuaRange) {
        let names = settings.types.fieldNames(of: type)
        var given: Set<String> = []
        var isPlain = true
        for field in fields {
            guard let name = field.staticName else {
                isPlain = false
                continue
            }
            given.insert(name)
            guard case .field(let fieldType, _) = settings.types.member(name, of: type) else {
                let near = NearestNames.hint(name, among: names)
                list.add(
                    .unknownOption, "\(function) knows no option \(name)\(near)", at: field.nameRange,
                    hint: near.isEmpty ? "there are \(names.joined(separator: ", "))" : nil, subject: name)
                continue
            }
            check(field.value, against: fieldType, name: name, of: function)
        }
        guard isPlain else { return }
        for name in names where !given.contains(name) {
            if case .field(_, isOptional: false) = settings.types.member(name, of: type) {
                list.add(.missingField, "\(function) needs the option \(name)", at: range, subject: name)
            }
        }
    }
}
