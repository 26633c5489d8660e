/// A line of a script with what an error speaks of underlined.
struct SourceExcerpt: Sendable, Equatable {
    var place: ScriptPlace
    /// The line without its line break, tabs made four blanks.
    var text: String
    /// The columns to underline; nil where it is not certain what is meant.
    var underline: Range<Int>?

    /// Longer lines are not written by hand, and would tell nobody anything.
    private static let longest = 400

    /// - Parameters:
    ///   - subject: what the error speaks of, such as a name; underlined where the line holds it once.
    ///   - atEnd: whether the error is behind the line's last character.
    init?(place: ScriptPlace, line: String, subject: String?, atEnd: Bool = false) {
        var line = line[...]
        while line.last?.isWhitespace == true { line.removeLast() }
        guard !line.isEmpty, line.utf8.count <= Self.longest else { return nil }
        self.place = place
        text = TerminalText.line(String(line).replacing("\t", with: "    "))
        if atEnd {
            let end = TextTable.width(of: text)
            underline = end..<end + 1
        } else if let subject {
            underline = Self.columns(of: TerminalText.line(subject), in: text)
        }
    }

    /// Where a word stands in a line as a whole; nil where it does not, or more than once.
    private static func columns(of word: String, in line: String) -> Range<Int>? {
        guard !word.isEmpty else { return nil }
        let found = line.ranges(of: word).filter { range in
            let before = range.lowerBound > line.startIndex ? line[line.index(before: range.lowerBound)] : " "
            let after = range.upperBound < line.endIndex ? line[range.upperBound] : " "
            return !(isWord(word.first) && isWord(before)) && !(isWord(word.last) && isWord(after))
        }
        guard found.count == 1, let range = found.first else { return nil }
        let start = TextTable.width(of: String(line[..<range.lowerBound]))
        return start..<start + TextTable.width(of: word)
    }

    private static func isWord(_ character: Character?) -> Bool {
        guard let character else { return false }
        return character == "_" || (character.isASCII && (character.isLetter || character.isNumber))
    }
}
