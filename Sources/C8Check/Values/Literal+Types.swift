extension Literal {
    /// Whether a type takes this; true where that cannot be told.
    func fits(_ type: String, in library: TypeLibrary, depth: Int = 0) -> Bool {
        guard depth < 8 else { return true }
        return TypeText.alternatives(type).contains { fitsOne($0, library, depth) }
    }

    private func fitsOne(_ type: String, _ library: TypeLibrary, _ depth: Int) -> Bool {
        if type.hasPrefix("("), type.hasSuffix(")") {
            return fits(String(type.dropFirst().dropLast()), in: library, depth: depth + 1)
        }
        if type.hasSuffix("[]") || type.hasPrefix("table") || type.hasPrefix("{") { return isTable }
        if type.hasPrefix("fun(") { return isFunction }
        if let alias = library.aliases[type] { return fits(alias, in: library, depth: depth + 1) }
        if library.classes[type] != nil { return isTable }
        switch type {
        case "nil": return isNil
        case "boolean": if case .boolean = self { return true } else { return false }
        case "integer": return isInteger
        case "number": return isNumber
        // Numbers become strings where strings are wanted (manual §3.4.3).
        case "string": if case .text = self { return true } else { return isNumber }
        case "function": return isFunction
        case "userdata", "thread": return false
        default:
            guard type.first == "\"", type.last == "\"" else { return true }
            if case .text(let text) = self { return text == type.dropFirst().dropLast() }
            return false
        }
    }

    private var isNil: Bool { if case .null = self { true } else { false } }
    private var isTable: Bool { if case .table = self { true } else { false } }
    private var isFunction: Bool { if case .function = self { true } else { false } }

    private var isNumber: Bool {
        switch self {
        case .integer, .number: true
        case .text(let text): Double(text) != nil
        default: false
        }
    }

    private var isInteger: Bool {
        switch self {
        case .integer: true
        case .number(let number): Int64(exactly: number) != nil
        case .text(let text): Int64(text) != nil
        default: false
        }
    }
}
