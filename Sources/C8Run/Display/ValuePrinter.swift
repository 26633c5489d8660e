import C8Platform

/// Writes values for people: on one line where they fit, else a field a line, and an array's short items side by side.
package struct ValuePrinter: Sendable {
    /// The columns of a line.
    package var width: Int
    package var usesColor: Bool

    package init(width: Int = 80, usesColor: Bool = false) {
        self.width = max(20, width)
        self.usesColor = usesColor
    }

    /// The values of one result, without a line break at the end: side by side where they fit, else one below the other.
    package func text(of values: [DisplayValue]) -> String {
        if let line = joined(values.map { inline($0, within: width) }), line.columns <= width {
            return line.text(usesColor: usesColor)
        }
        return values.map { value in
            lines(of: value, indent: 0, before: DisplayText(), after: 0).map { $0.text(usesColor: usesColor) }
                .joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private func joined(_ parts: [DisplayText?]) -> DisplayText? {
        var whole = DisplayText()
        for (index, part) in parts.enumerated() {
            guard let part else { return nil }
            if index > 0 { whole.append(", ") }
            whole.append(part)
        }
        return whole
    }

    /// The value on one line; nil where it takes more columns than there are.
    private func inline(_ value: DisplayValue, within limit: Int) -> DisplayText? {
        guard case .table(let table) = value else {
            let text = scalar(value)
            return text.columns <= limit ? text : nil
        }
        var text = opening(table)
        var isFirst = true
        func separate(_ text: inout DisplayText) {
            if !isFirst { text.append(", ") }
            isFirst = false
        }
        for item in table.items {
            separate(&text)
            guard let part = inline(item, within: limit - text.columns) else { return nil }
            text.append(part)
        }
        if let note = omission(table.omittedItems) {
            separate(&text)
            text.append(note)
        }
        for field in table.fields {
            separate(&text)
            text.append(key(field.key))
            text.append(" = ")
            guard let part = inline(field.value, within: limit - text.columns) else { return nil }
            text.append(part)
        }
        if let note = omission(table.omittedFields) {
            separate(&text)
            text.append(note)
        }
        text.append("}")
        return text.columns <= limit ? text : nil
    }

    /// The value on as many lines as it needs.
    ///
    /// - Parameters:
    ///   - before: what stands before it on its first line, such as a key.
    ///   - after: columns to leave free behind it, for a comma.
    private func lines(of value: DisplayValue, indent: Int, before: DisplayText, after: Int) -> [DisplayText] {
        var first = before
        if let text = inline(value, within: width - before.columns - after) {
            first.append(text)
            return [first]
        }
        guard case .table(let table) = value else {
            // A string that is longer than a line: the terminal wraps it.
            first.append(scalar(value))
            return [first]
        }
        first.append(opening(table))
        var result = [first]
        let margin = String(repeating: " ", count: indent + 2)
        result += itemLines(table, margin)
        for field in table.fields {
            var start = DisplayText(margin)
            start.append(key(field.key))
            start.append(" = ")
            result += closed(lines(of: field.value, indent: indent + 2, before: start, after: 1))
        }
        if let note = omission(table.omittedFields) {
            var line = DisplayText(margin)
            line.append(note)
            result.append(line)
        }
        result.append(DisplayText(String(repeating: " ", count: indent) + "}"))
        return result
    }

    /// The positions: short ones side by side.
    private func itemLines(_ table: DisplayTable, _ margin: String) -> [DisplayText] {
        var result: [DisplayText] = []
        var line = DisplayText(margin)
        var isEmpty = true
        func finish() {
            if !isEmpty { result.append(line) }
            line = DisplayText(margin)
            isEmpty = true
        }
        for item in table.items {
            if case .table = item {
                finish()
                result += closed(lines(of: item, indent: margin.count, before: DisplayText(margin), after: 1))
                continue
            }
            let text = scalar(item)
            if !isEmpty, line.columns + 2 + text.columns > width { finish() }
            if !isEmpty { line.append(" ") }
            line.append(text)
            line.append(",")
            isEmpty = false
        }
        finish()
        if let note = omission(table.omittedItems) {
            line.append(note)
            result.append(line)
        }
        return result
    }

    private func closed(_ lines: [DisplayText]) -> [DisplayText] {
        var lines = lines
        lines[lines.count - 1].append(",")
        return lines
    }

    private func opening(_ table: DisplayTable) -> DisplayText {
        guard let name = table.name else { return DisplayText("{") }
        var text = DisplayText(Self.visible(name), .name)
        text.append(" {")
        return text
    }

    private func omission(_ count: Int) -> DisplayText? {
        count > 0 ? DisplayText("… \(count) more", .note) : nil
    }

    private func key(_ key: DisplayValue) -> DisplayText {
        if case .string(let bytes, 0) = key, LuaLiteral.isName(bytes) {
            return DisplayText(String(decoding: bytes, as: UTF8.self), .key)
        }
        var text = DisplayText("[")
        text.append(scalar(key))
        text.append("]")
        return text
    }

    private func scalar(_ value: DisplayValue) -> DisplayText {
        switch value {
        case .nil: return DisplayText("nil", .constant)
        case .boolean(let flag): return DisplayText(flag ? "true" : "false", .constant)
        case .integer(let integer): return DisplayText(String(integer), .number)
        case .number(let number): return DisplayText(LuaLiteral.number(number), .number)
        case .string(let bytes, let omitted):
            var text = DisplayText(LuaLiteral.quoted(bytes), .string)
            if omitted > 0 { text.append("… \(omitted) bytes more", .note) }
            return text
        case .named(let name): return DisplayText(Self.visible(name), .name)
        case .cycle(let place): return DisplayText(place.isEmpty ? "<cycle>" : "<cycle: \(Self.visible(place))>", .note)
        case .tooDeep: return DisplayText("{…}", .note)
        case .table(let table): return DisplayText(table.isEmpty ? "{}" : "{…}", .note)
        }
    }

    /// A text that a script made, without what a terminal would act on.
    private static func visible(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                result += scalar == "\n" ? "\\n" : "\\u{\(String(scalar.value, radix: 16))}"
            case .format where scalar != "\u{200d}": result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
