/// Breaks text into lines of so many columns, at blanks and between Chinese characters.
enum TextWrap {
    /// The lines of a text; line breaks of its own stay. A word that is wider than a line gets a line of its own.
    ///
    /// - Parameter width: the columns of a line; nil for as many as it takes.
    static func lines(_ text: String, width: Int?, used: Int = 0) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            width.map { wrapped(line, width: max(1, $0), used: index == 0 ? used : 0) } ?? [String(line)]
        }
    }

    /// The text with its lines after the first set in by so many blanks, for a place that is so far from the left.
    ///
    /// - Parameter used: the columns that the first line has lost to what stands before it; as many as the others by itself.
    static func hanging(_ text: String, indent: Int, used: Int? = nil, width: Int?) -> String {
        let room = width.map { max(20, $0 - indent) }
        return lines(text, width: room, used: max(0, (used ?? indent) - indent))
            .joined(separator: "\n" + String(repeating: " ", count: indent))
    }

    private static func wrapped(_ line: Substring, width: Int, used: Int) -> [String] {
        var lines: [String] = []
        var current = ""
        var used = used
        for piece in pieces(line) {
            let size = TextTable.width(of: piece)
            if !current.isEmpty, used + TextTable.width(of: trimmed(piece)) > width {
                lines.append(trimmed(current))
                current = ""
                used = 0
            }
            current += piece
            used += size
        }
        lines.append(trimmed(current))
        return lines
    }

    /// What may not be torn apart: a word with the blanks behind it, or a wide character with the marks that belong to it.
    static func pieces(_ line: Substring) -> [String] {
        var pieces: [String] = []
        for character in line {
            if let last = pieces.last?.last, joins(last, character) {
                pieces[pieces.count - 1].append(character)
            } else {
                pieces.append(String(character))
            }
        }
        return pieces
    }

    private static func joins(_ before: Character, _ after: Character) -> Bool {
        if after == " " || closing.contains(after) || opening.contains(before) { return true }
        return before != " " && !isWide(before) && !isWide(after)
    }

    /// Marks that no line begins with, and those that none ends with (JIS X 4051 and GB/T 15834 agree on these).
    private static let closing: Set<Character> = [
        "\u{FF0C}", "\u{3002}", "\u{FF1B}", "\u{FF1A}", "\u{3001}", "\u{FF09}", "\u{300D}", "\u{300F}", "\u{FF1F}",
        "\u{FF01}", ",", ".", ";", ":", ")",
    ]
    private static let opening: Set<Character> = ["\u{FF08}", "\u{300C}", "\u{300E}"]

    private static func isWide(_ character: Character) -> Bool {
        !character.isASCII && TextTable.width(of: String(character)) == 2
    }

    private static func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
