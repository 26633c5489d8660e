/// Text that came from elsewhere, in a form that cannot end an annotation or begin another.
enum AnnotationText {
    private static let longest = 300

    /// On one line, without control characters, of a length that an editor can show.
    static func line(_ text: String) -> String {
        var result = ""
        var count = 0
        for word in text.unicodeScalars.split(whereSeparator: { $0.properties.isWhitespace || isControl($0) }) {
            if !result.isEmpty { result += " " }
            for scalar in word {
                count += 1
                if count > longest { return result + "…" }
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    static func example(_ value: JSONValue) -> String {
        guard let bytes = try? JSONSerializer.serialize(value), bytes.count <= 120 else { return "" }
        return "(e.g. \(String(decoding: bytes, as: UTF8.self)))"
    }

    /// A field's name: in brackets and quotes where it is no name of Lua. Nil for one that no annotation can hold, since
    /// there are no escapes in them.
    static func fieldName(_ name: String) -> String? {
        if isName(name) { return name }
        let isPlain = name.unicodeScalars.allSatisfy { $0 != "\"" && $0 != "\\" && !isControl($0) }
        return isPlain ? "[\(quoted(name))]" : nil
    }

    static func member(_ name: String, of path: String) -> String {
        isName(name) ? "\(path).\(name)" : "\(path)[\(quoted(name))]"
    }

    /// A part of a class's name. What cannot stand in one is left to the field's number to tell apart.
    static func classWord(_ name: String, _ index: Int) -> String {
        isName(name) ? name : "field\(index + 1)"
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, ASCII.isLetter(first) || first == ASCII.underscore else { return false }
        return !reserved.contains(name)
            && name.utf8.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == ASCII.underscore }
    }

    /// A string of Lua (manual §3.1) on one line.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case let scalar where isControl(scalar): result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static let reserved: Set<String> = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
        "not",
        "or", "repeat", "return", "then", "true", "until", "while",
        // Words that the annotations themselves read (LuaCATS, @field).
        "private", "protected", "public", "package",
    ]
}
