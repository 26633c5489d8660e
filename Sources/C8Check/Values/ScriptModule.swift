import LuaSyntax

/// What a module of the script's own returns, where its text tells: a table that is written out, or a local variable that
/// begins as one and gets its fields by name.
struct ScriptModule: Sendable {
    /// As `require` names it.
    let name: String
    let fields: Set<String>

    /// - Returns: nil where anything but the text decides what the fields are: a metatable, a computed key, a function that
    ///   is given the table, or more than one `return`.
    init?(name: String, bytes: [UInt8]) {
        let chunk = LuaChunk.parse(bytes)
        guard chunk.errors.isEmpty, case .return(let values)? = chunk.block.statements.last?.kind, values.count == 1,
            !chunk.block.statements.dropLast().contains(where: Self.returns)
        else { return nil }
        guard let fields = Self.fields(of: values[0]) ?? Self.fields(ofVariable: values[0], in: chunk) else {
            return nil
        }
        self.name = name
        self.fields = fields
    }

    /// Whether the chunk itself may end within a statement; functions have returns of their own.
    private static func returns(_ statement: LuaStatement) -> Bool {
        switch statement.kind {
        case .return: true
        case .function, .localFunction: false
        default: statement.blocks.contains { $0.statements.contains(where: returns) }
        }
    }

    /// The names of a table that is written out; nil where one of them is computed, or it is no such table.
    private static func fields(of expression: LuaExpression) -> Set<String>? {
        guard case .table(let list) = expression.kind else { return nil }
        var names: Set<String> = []
        for field in list {
            switch field.key {
            case .next: continue
            case .name(let name): names.insert(name.text)
            case .computed(let key):
                guard let text = key.text else { return nil }
                names.insert(text)
            }
        }
        return names
    }

    private static func fields(ofVariable expression: LuaExpression, in chunk: LuaChunk) -> Set<String>? {
        guard let variable = local(expression), chunk.variables[variable].writes.isEmpty,
            var fields = beginning(of: variable, in: chunk)
        else { return nil }
        // Every use that leaves the table as it is, or adds a field by its name.
        var plain: Set<LuaRange> = [expression.range]
        chunk.block.visit(
            { statement in
                for target in statement.targets {
                    guard let (base, name, count) = access(target, to: variable) else { continue }
                    plain.insert(base)
                    if count == 1 { fields.insert(name) }
                }
            },
            { expression in
                if let (base, _, _) = access(expression, to: variable) { plain.insert(base) }
            })
        return chunk.variables[variable].reads.allSatisfy(plain.contains) ? fields : nil
    }

    /// The names that the variable's table has from the start.
    private static func beginning(of variable: Int, in chunk: LuaChunk) -> Set<String>? {
        for statement in chunk.block.statements {
            guard case .local(let variables, let values) = statement.kind,
                let index = variables.firstIndex(of: variable)
            else { continue }
            return index < values.count ? fields(of: values[index]) : nil
        }
        return nil
    }

    /// `variable.name…`: where the variable stands, the name, and how many accesses and calls follow the variable.
    private static func access(
        _ expression: LuaExpression, to variable: Int
    ) -> (base: LuaRange, name: String, count: Int)? {
        guard case .suffixed(let first, let suffixes) = expression.kind, local(first) == variable else { return nil }
        switch suffixes[0].kind {
        case .member(let name), .method(let name, _): return (first.range, name.text, suffixes.count)
        case .index(let key): return key.text.map { (first.range, $0, suffixes.count) }
        case .call: return nil
        }
    }

    private static func local(_ expression: LuaExpression) -> Int? {
        guard case .name(let reference) = expression.kind, case .local(let index) = reference.target else { return nil }
        return index
    }
}
