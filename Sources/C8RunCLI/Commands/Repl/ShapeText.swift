import C8Run

/// The type of a value and of what it holds, as `:type` tells it.
enum ShapeText {
    /// Several values, one below the other.
    static func text(_ values: [DisplayValue]) -> String {
        values.isEmpty ? "no value\n" : values.map { lines($0, indent: "", isTop: true) + "\n" }.joined()
    }

    private static func lines(_ value: DisplayValue, indent: String, isTop: Bool = false) -> String {
        switch value {
        case .nil: "nil"
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "float"
        case .string(let bytes, let omitted): "string of \(bytes.count + omitted) bytes"
        case .named(let name): TerminalText.line(name)
        case .cycle: "table (a cycle)"
        case .tooDeep: "table"
        case .table(let table): shape(table, indent)
        }
    }

    private static func shape(_ table: DisplayTable, _ indent: String) -> String {
        let count = table.items.count + table.omittedItems
        var text = table.name.map { TerminalText.line($0) } ?? (count > 0 ? "array" : "table")
        if count > 0 {
            let kinds = Set(table.items.map(kind))
            text += " of \(count) "
            // One element stands for all, where they are alike.
            text +=
                kinds.count == 1
                ? table.items.first.map { lines($0, indent: indent) } ?? "" : kinds.sorted().joined(separator: " | ")
        } else if table.fields.isEmpty, table.omittedFields == 0 {
            text += ", empty"
        }
        for field in table.fields {
            let name: String
            switch field.key {
            case .string(let bytes, 0) where LuaLiteral.isName(bytes): name = String(decoding: bytes, as: UTF8.self)
            default: name = "[" + ValuePrinter(width: 200).text(of: [field.key]) + "]"
            }
            text += "\n\(indent)  \(name): \(lines(field.value, indent: indent + "  "))"
        }
        if table.omittedFields > 0 { text += "\n\(indent)  … \(table.omittedFields) more" }
        return text
    }

    private static func kind(_ value: DisplayValue) -> String {
        switch value {
        case .nil: "nil"
        case .boolean: "boolean"
        case .integer: "integer"
        case .number: "float"
        case .string: "string"
        case .table, .cycle, .tooDeep: "table"
        case .named: "value"
        }
    }
}
