/// The words of a simple command line, as a shell takes them apart: blanks and single quotes.
enum ShellWords {
    static func split(_ line: String) -> [String] {
        var words: [String] = []
        var isQuoted = false
        var word: String?
        for character in line {
            switch character {
            case "'":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let word { words.append(word) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        return words + [word].compactMap(\.self)
    }
}
