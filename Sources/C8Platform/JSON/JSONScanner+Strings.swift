// What a string may hold: escapes (RFC 8259, section 7) and UTF-8 (RFC 3629, section 4).

extension JSONScanner {
    /// Steps over one escape, whose backslash is next.
    mutating func escape() throws(JSONError) {
        advance(by: 1)
        switch peek {
        case ASCII.quote, ASCII.backslash, ASCII.slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            advance(by: 1)
        case UInt8(ascii: "u"):
            try unicodeEscape()
        default:
            throw unexpected("one of \" \\ / b f n r t u after a backslash")
        }
    }

    /// Steps over `uXXXX`, or over a whole surrogate pair.
    private mutating func unicodeEscape() throws(JSONError) {
        let start = position - 1
        let unit = try codeUnit()
        switch unit {
        case 0xD800..<0xDC00:
            guard peek == ASCII.backslash, position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "u") else {
                throw loneSurrogate(at: start)
            }
            advance(by: 1)
            guard (0xDC00..<0xE000).contains(try codeUnit()) else { throw loneSurrogate(at: start) }
        case 0xDC00..<0xE000:
            throw loneSurrogate(at: start)
        default:
            break
        }
    }

    private mutating func codeUnit() throws(JSONError) -> UInt32 {
        advance(by: 1)
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = ASCII.hexadecimalValue(peek) else {
                throw unexpected("four hexadecimal digits after \\u")
            }
            unit = unit << 4 | digit
            advance(by: 1)
        }
        return unit
    }

    private func loneSurrogate(at offset: Int) -> JSONError {
        .parsing(.encoding, "a \\u escape holds half of a surrogate pair without the other half", at: offset, in: bytes)
    }

    /// Steps over one character of two to four bytes. Overlong forms, surrogates and anything above U+10FFFF are
    /// refused.
    mutating func multiByteScalar() throws(JSONError) {
        let lead = bytes[position]
        let length: Int
        let second: ClosedRange<UInt8>
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: throw notUTF8()
        }
        guard position + length <= bytes.count, second.contains(bytes[position + 1]) else { throw notUTF8() }
        for offset in 2..<max(length, 2) where bytes[position + offset] & 0xC0 != 0x80 {
            throw notUTF8()
        }
        advance(by: length)
    }

    private func notUTF8() -> JSONError {
        .parsing(
            .encoding, "the text is not UTF-8, found byte \(Self.hexadecimal(bytes[position]))", at: position, in: bytes
        )
    }
}
