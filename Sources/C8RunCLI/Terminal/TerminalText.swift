/// Makes text that others wrote (scripts, the platform, file names) safe to show on a terminal.
///
/// Control characters, terminal escapes and the invisible characters that reorder text become visible escapes; everything
/// readable, Chinese included, stays as it is.
enum TerminalText {
    /// The text on one line: line breaks become `\n`.
    static func line(_ text: String) -> String { escape(text, keepingLines: false) }

    /// The text with its own line breaks and tabs.
    static func block(_ text: String) -> String { escape(text, keepingLines: true) }

    private static func escape(_ text: String, keepingLines: Bool) -> String {
        guard text.unicodeScalars.contains(where: { isUnsafe($0) }) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if !isUnsafe(scalar) || (keepingLines && (scalar == "\n" || scalar == "\t")) {
                result.unicodeScalars.append(scalar)
                continue
            }
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                let digits = String(scalar.value, radix: 16)
                result += scalar.value < 0x80 ? "\\x" + (digits.count < 2 ? "0" : "") + digits : "\\u{\(digits)}"
            }
        }
        return result
    }

    /// C0 and C1 controls, line and paragraph separators, and the marks that change the order of text (Unicode, UAX #9).
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7f...0x9f: true
        case 0x200e, 0x200f, 0x061c, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}
