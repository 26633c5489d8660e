/// The text of a type in annotations (LuaCATS), as far as literals can be held against it.
struct TypeText {
    /// Takes a type from the beginning of a text, and gives the rest. A type ends at a blank that is not within brackets and
    /// not beside a bar.
    static func take(_ text: Substring) -> (type: String, rest: Substring) {
        var depth = 0
        var quote: Character?
        var end = text.startIndex
        var last: Character = " "
        while end < text.endIndex {
            let character = text[end]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if "(<{[".contains(character) {
                depth += 1
            } else if ")>}]".contains(character) {
                depth -= 1
            } else if character == " ", depth <= 0 {
                let next = text[end...].first { $0 != " " }
                // The result's type of `fun(): T` stands behind a colon and a blank.
                if last != "|", last != ":", next != "|" { break }
            }
            if character != " " { last = character }
            end = text.index(after: end)
        }
        return (String(text[..<end]), text[end...])
    }

    /// The parts of a union.
    static func alternatives(_ type: String) -> [String] {
        var parts: [String] = []
        var depth = 0
        var current = ""
        for character in type {
            if "(<{[".contains(character) { depth += 1 }
            if ")>}]".contains(character) { depth -= 1 }
            if character == "|", depth == 0 {
                parts.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        parts.append(current)
        return parts.flatMap { part -> [String] in
            var part = part
            while part.first == " " { part.removeFirst() }
            while part.last == " " { part.removeLast() }
            // `fun(): T?` has the mark of its result.
            guard part.last == "?", !part.hasPrefix("fun(") else { return [part] }
            return [String(part.dropLast()), "nil"]
        }
    }

    /// The classes of the parameters of a type `fun(a: A, b: B)`; nil in the place of one that is not said.
    static func parameterTypes(ofFunction type: String) -> [String?] {
        guard type.hasPrefix("fun("), let close = type.firstIndex(of: ")") else { return [] }
        let inside = type[type.index(type.startIndex, offsetBy: 4)..<close]
        return inside.split(separator: ",").map { part in
            let pieces = part.split(separator: ":", maxSplits: 1)
            return pieces.count == 2 ? take(pieces[1].drop { $0 == " " }).type : nil
        }
    }
}
