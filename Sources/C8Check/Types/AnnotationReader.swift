import LuaSyntax

/// Reads a file of definitions: classes, aliases and the functions that belong to classes.
struct AnnotationReader {
    private(set) var classes: [String: TypeClass] = [:]
    private(set) var aliases: [String: String] = [:]
    private let chunk: LuaChunk
    /// The classes of variables: those that stand directly below a `@class`.
    private var variables: [String: String] = [:]

    init(_ bytes: [UInt8]) {
        chunk = LuaChunk.parse(bytes)
    }

    mutating func read() {
        var statements: [Int: LuaStatement] = [:]
        for statement in chunk.block.statements {
            statements[chunk.lines.position(of: statement.range.start).line] = statement
        }
        var group: [String] = []
        var next = 0
        for comment in chunk.comments {
            if comment.firstLine != next { finish(&group, nil) }
            group.append(chunk.text(comment.content))
            next = comment.lastLine + 1
            statements[next].map { finish(&group, $0) }
        }
        finish(&group, nil)
        // Functions without a word above them are functions all the same.
        for statement in chunk.block.statements { readFunction([], statement, replaces: false) }
    }

    /// A group of comment lines, and the statement directly below it.
    private mutating func finish(_ group: inout [String], _ statement: LuaStatement?) {
        defer { group = [] }
        var current: String?
        for line in group where line.hasPrefix("-@") {
            let (tag, rest) = Self.split(line.dropFirst(2))
            switch tag {
            case "class":
                let name = readClass(rest)
                current = name
            case "field": if let current { readField(rest, of: current) }
            case "alias":
                let (name, type) = Self.split(rest)
                if !type.isEmpty { aliases[name] = TypeText.take(type).type }
            default: continue
            }
        }
        guard let statement else { return }
        if let current, let name = Self.assignedName(statement, in: chunk) { variables[name] = current }
        readFunction(group, statement, replaces: true)
    }

    private mutating func readClass(_ text: Substring) -> String {
        var rest = text
        let isExact = rest.hasPrefix("(exact)")
        if isExact { rest = rest.dropFirst(7).drop { $0 == " " } }
        let pieces = rest.split(separator: ":", maxSplits: 1)
        let name = String((pieces.first ?? "").prefix { $0 != " " })
        let parents = pieces.count < 2 ? [] : pieces[1].split(separator: ",").map { String($0.drop { $0 == " " }) }
        if classes[name] == nil { classes[name] = TypeClass(name: name, isExact: isExact, parents: parents) }
        return name
    }

    private mutating func readField(_ text: Substring, of type: String) {
        if text.hasPrefix("[") {
            classes[type]?.isOpen = true
            return
        }
        var (name, rest) = Self.split(text)
        let isMarked = name.hasSuffix("?")
        if isMarked { name.removeLast() }
        let fieldType = TypeText.take(rest).type
        let isOptional = isMarked || Self.takesNil(fieldType)
        classes[type]?.members[name] = .field(fieldType, isOptional: isOptional)
        classes[type]?.fieldNames.append(name)
    }

    private mutating func readFunction(_ comment: [String], _ statement: LuaStatement, replaces: Bool) {
        guard case .function(let target, let body) = statement.kind,
            case .suffixed(let first, let suffixes) = target.kind,
            case .name(let reference) = first.kind, case .member(let member) = suffixes.last?.kind, suffixes.count == 1,
            let owner = variables[reference.name.text]
        else { return }
        if !replaces, classes[owner]?.members[member.text] != nil { return }
        var types: [String: (type: String, isOptional: Bool)] = [:]
        var results: [String] = []
        var hasOverloads = false
        for line in comment where line.hasPrefix("-@") {
            let (tag, rest) = Self.split(line.dropFirst(2))
            switch tag {
            case "param":
                var (name, type) = Self.split(rest)
                let isMarked = name.hasSuffix("?")
                if isMarked { name.removeLast() }
                let text = TypeText.take(type).type
                types[name] = (text, isMarked || Self.takesNil(text))
            case "return": results.append(TypeText.take(rest).type)
            case "overload": hasOverloads = true
            default: continue
            }
        }
        let parameters = body.parameters.map { chunk.variables[$0] }.filter { $0.kind == .parameter }.map { variable in
            let said = types[variable.name.text]
            return TypeParameter(
                name: variable.name.text, type: said?.type ?? "any", isOptional: said?.isOptional ?? true)
        }
        classes[owner]?.members[member.text] = .function(
            TypeFunction(
                name: "\(owner).\(member.text)", parameters: parameters, isVararg: body.isVararg,
                isMethod: body.isMethod,
                hasOverloads: hasOverloads, results: results))
    }

    /// The variable that a statement gives a value.
    private static func assignedName(_ statement: LuaStatement, in chunk: LuaChunk) -> String? {
        switch statement.kind {
        case .local(let variables, _): return variables.first.map { chunk.variables[$0].name.text }
        case .assignment(let targets, _):
            guard case .name(let reference) = targets.first?.kind else { return nil }
            return reference.name.text
        default: return nil
        }
    }

    private static func takesNil(_ type: String) -> Bool {
        TypeText.alternatives(type).contains { $0 == "nil" || $0 == "any" }
    }

    private static func split(_ text: Substring) -> (String, Substring) {
        let word = text.prefix { $0 != " " }
        return (String(word), text.dropFirst(word.count).drop { $0 == " " })
    }
}
