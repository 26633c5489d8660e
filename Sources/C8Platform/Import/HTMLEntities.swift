/// The character references that pages use (HTML, §13.5): numbers, and the few names that editors write.
enum HTMLEntities {
    /// - Parameter rest: the text behind the ampersand.
    /// - Returns: the character, and how many characters of `rest` stand for it; nil where it is no reference.
    static func decode(_ rest: some StringProtocol) -> (text: String, length: Int)? {
        let head = rest.prefix(12)
        guard let end = head.firstIndex(of: ";") else { return nil }
        let name = head[..<end]
        let length = name.count + 1
        if name.first == "#" {
            let digits = name.dropFirst()
            let value =
                digits.first == "x" || digits.first == "X"
                ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
            guard let value, let scalar = Unicode.Scalar(value) else { return nil }
            return (String(Character(scalar)), length)
        }
        return names[String(name)].map { ($0, length) }
    }

    private static let names = [
        "nbsp": "\u{A0}", "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "emsp": "\u{2003}",
        "ensp": "\u{2002}", "middot": "·", "mdash": "—", "ndash": "–", "hellip": "…", "ldquo": "“", "rdquo": "”",
        "lsquo": "‘", "rsquo": "’", "copy": "©", "times": "×", "rarr": "→", "darr": "↓", "zwnj": "",
        "ZeroWidthSpace": "",
    ]
}
