/// A short, harmless piece of text that came from outside: at most 200 characters, control characters escaped.
enum Excerpt {
    private static let limit = 200

    static func text(_ bytes: [UInt8]) -> String {
        text(String(decoding: bytes.prefix(limit * 4), as: UTF8.self))
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
}
