import Glibc

/// Texts of Lua's own syntax: what is printed can be typed in again.
package enum LuaLiteral {
    /// A string between quotes. Chinese and other readable characters stay, control characters, invisible ones and bytes
    /// that are not UTF-8 become escapes.
    package static func quoted(_ bytes: some Collection<UInt8>) -> String {
        var result = "\""
        // What is not UTF-8 is told byte by byte, which decoding with repairs would not.
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let (length, scalar) = firstScalar(rest)
            if let scalar {
                result += escaped(scalar, before: rest.dropFirst(length).first)
            } else {
                result += escape(rest[rest.startIndex])
            }
            rest = rest.dropFirst(length)
        }
        return result + "\""
    }

    /// A number as Lua's `tostring` gives it (manual §3.4.3): 14 digits, and always a sign that it is no integer.
    package static func number(_ number: Double) -> String {
        if number.isNaN { return number.sign == .minus ? "-nan" : "nan" }
        if number.isInfinite { return number < 0 ? "-inf" : "inf" }
        var buffer = [CChar](repeating: 0, count: 40)
        _ = withVaList([number]) { vsnprintf(&buffer, buffer.count, "%.14g", $0) }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.contains { $0 == "." || $0 == "e" } ? text : text + ".0"
    }

    /// Whether a text can stand as a field's name without brackets (manual §3.1).
    package static func isName(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first, isLetter(first) else { return false }
        return bytes.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
            && !keywords.contains(String(decoding: bytes, as: UTF8.self))
    }

    /// The reserved words (manual §3.1).
    package static let keywords: Set<String> = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
        "not", "or", "repeat", "return", "then", "true", "until", "while",
    ]

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }

    /// The first scalar and its length in bytes; no scalar, and a length of 1, where the bytes are not UTF-8.
    private static func firstScalar(_ bytes: ArraySlice<UInt8>) -> (length: Int, scalar: Unicode.Scalar?) {
        guard let first = bytes.first else { return (1, nil) }
        if first < 0x80 { return (1, Unicode.Scalar(first)) }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard let text = String(validating: bytes.prefix(length), as: UTF8.self),
            let scalar = text.unicodeScalars.first,
            text.unicodeScalars.count == 1
        else { return (1, nil) }
        return (length, scalar)
    }

    private static func escaped(_ scalar: Unicode.Scalar, before next: UInt8?) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case "\0":
            // Followed by a digit it would be another escape.
            return next.map { (0x30...0x39).contains($0) } == true ? "\\x00" : "\\0"
        default: break
        }
        if scalar.value < 0x20 || scalar.value == 0x7F { return escape(UInt8(scalar.value)) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate:
            return "\\u{\(String(scalar.value, radix: 16))}"
        default: return String(Character(scalar))
        }
    }

    private static func escape(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return "\\x" + (digits.count < 2 ? "0" : "") + digits
    }
}
