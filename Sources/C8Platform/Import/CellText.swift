/// Cleans text of Markdown's and HTML's inline marks.
enum CellText {
    /// Plain text: bold, code, links and escapes undone, line breaks kept.
    static func plain(_ text: some StringProtocol) -> String {
        var result = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case "\\":
                if let next = rest.first, next.isASCII, !next.isLetter, !next.isNumber, !next.isWhitespace {
                    result.append(next)
                    rest.removeFirst()
                } else {
                    result.append(character)
                }
            case "*" where rest.first == "*":
                rest.removeFirst()
            case "`":
                continue
            case "[":
                if let link = link(rest) {
                    result += link.text
                    rest = link.rest
                } else {
                    result.append(character)
                }
            case "<":
                if let tag = tag(rest) {
                    result += tag.text
                    rest = tag.rest
                } else {
                    result.append(character)
                }
            case "&":
                if let entity = HTMLEntities.decode(rest) {
                    result += entity.text
                    rest = rest.dropFirst(entity.length)
                } else {
                    result.append(character)
                }
            default: result.append(character)
            }
        }
        return result
    }

    /// Plain text without the white space around it, indentation included.
    static func trimmed(_ text: some StringProtocol) -> String {
        let plain = String(plain(text).map { $0 == "\u{A0}" ? " " : $0 })
        return String(plain.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    /// For comparing: no white space, punctuation of one width, ASCII in lower case, no asterisks and colons at the ends.
    static func key(_ text: some StringProtocol) -> String {
        var result = ""
        for scalar in plain(text).unicodeScalars where !scalar.properties.isWhitespace {
            switch scalar.value {
            // Full-width forms of ASCII (U+FF01 to U+FF5E).
            case 0xFF01...0xFF5E: result.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
            default: result.unicodeScalars.append(scalar)
            }
        }
        result = result.lowercased()
        while let last = result.last, ":*".contains(last) { result.removeLast() }
        while let first = result.first, ":*".contains(first) { result.removeFirst() }
        return result
    }

    /// `[text](target)`.
    private static func link<Text: StringProtocol>(_ rest: Text) -> (text: String, rest: Text)?
    where Text.SubSequence == Text {
        guard let end = rest.prefix(500).firstIndex(of: "]") else { return nil }
        let after = rest[rest.index(after: end)...]
        guard after.first == "(", let close = after.prefix(1000).firstIndex(of: ")") else { return nil }
        return (plain(rest[..<end]), after[after.index(after: close)...])
    }

    /// `<br>` is a line break; other inline tags say nothing here. `List<String>` is no tag.
    private static func tag<Text: StringProtocol>(_ rest: Text) -> (text: String, rest: Text)?
    where Text.SubSequence == Text {
        guard let end = rest.prefix(200).firstIndex(of: ">") else { return nil }
        let name = rest[..<end].drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
        let after = rest[rest.index(after: end)...]
        if name == "br" { return ("\n", after) }
        let known = ["b", "i", "strong", "em", "code", "span", "font", "p", "a", "u", "s", "del", "sub", "sup"]
        return known.contains(name) ? ("", after) : nil
    }
}
