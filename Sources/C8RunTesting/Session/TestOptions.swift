import LuaRuntime

/// A table of options that a function of `c8.test` got, read with errors that name the option.
struct TestOptions: Sendable {
    /// As the script calls it: `test.run`.
    let function: String
    let table: LuaTable

    init(_ function: String, _ value: LuaValue) {
        self.function = function
        if case .table(let table) = value { self.table = table } else { table = LuaTable() }
    }

    /// Refuses options that nobody knows.
    func check(_ names: [String]) throws(TestMisuse) {
        if !table.array.isEmpty {
            throw TestMisuse("\(function) wants named options: \(names.joined(separator: ", "))")
        }
        for pair in table.pairs {
            guard case .string(let key) = pair.key, names.contains(key.description) else {
                let name = if case .string(let key) = pair.key { "\"\(key)\"" } else { "a \(pair.key.typeName)" }
                throw TestMisuse("\(function) has no option \(name); there are \(names.joined(separator: ", "))")
            }
        }
    }

    func wrong(_ name: String, _ expected: String) -> TestMisuse {
        TestMisuse("\(function): the option \(name) wants \(expected)")
    }

    func number(_ name: String, above least: Double) throws(TestMisuse) -> Double? {
        switch table[name] {
        case nil, .nil?: return nil
        case .integer(let value)? where Double(value) > least && value <= 1_000_000_000: return Double(value)
        case .number(let value)? where value > least && value <= 1e9: return value
        default: throw wrong(name, "seconds\(least == 0 ? " above 0" : "")")
        }
    }

    func text(_ name: String) throws(TestMisuse) -> String? {
        switch table[name] {
        case nil, .nil?: return nil
        case .string(let value)?: return value.description
        default: throw wrong(name, "a text")
        }
    }

    /// A list of texts and numbers.
    func texts(_ name: String) throws(TestMisuse) -> [String]? {
        switch table[name] {
        case nil, .nil?: return nil
        case .table(let list)? where list.pairs.isEmpty:
            var texts: [String] = []
            for item in list.array {
                switch item {
                case .string(let text): texts.append(text.description)
                case .integer(let number): texts.append("\(number)")
                case .number(let number): texts.append("\(number)")
                default: throw wrong(name, "a list of texts")
                }
            }
            return texts
        default: throw wrong(name, "a list of texts")
        }
    }
}
