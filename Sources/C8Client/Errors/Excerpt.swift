/// A short, harmless piece of text that came from outside: at most 200 characters, control characters escaped.
enum Excerpt {
    private static let limit = 200
    private static let longestWord = 15

    static func text(_ bytes: [UInt8]) -> String {
        text(AnswerText.beginning(bytes, atMost: limit * 4))
    }

    static func text(_ text: String) -> String {
        var result = ""
        for (count, scalar) in text.unicodeScalars.enumerated() {
            if count == limit { return result + "…" }
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// For answers that may hold a token or a sign: every word long enough to be one is left out.
    static func masked(_ bytes: [UInt8]) -> String {
        masked(AnswerText.beginning(bytes, atMost: 1 << 16))
    }

    /// For answers that may hold a token or a sign: every word long enough to be one is left out.
    static func masked(_ text: String) -> String {
        var result = ""
        var word = ""
        func endWord() {
            result += word.count > longestWord ? "…" : word
            word = ""
        }
        for character in text {
            let isOfAWord =
                character.isASCII && (character.isLetter || character.isNumber || "._-+/=".contains(character))
            if isOfAWord {
                word.append(character)
            } else {
                endWord()
                result.append(character)
            }
        }
        endWord()
        return self.text(result)
    }
}
