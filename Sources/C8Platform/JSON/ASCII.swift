/// The bytes that the parsers of this room look for. All work is done on bytes: `Character` would cost a lookup of
/// grapheme rules for each step, and JSON's grammar, URLs and ids are ASCII.
enum ASCII {
    static let backspace: UInt8 = 0x08
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let formFeed: UInt8 = 0x0C
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let percent: UInt8 = 0x25
    static let plus: UInt8 = 0x2B
    static let comma: UInt8 = 0x2C
    static let minus: UInt8 = 0x2D
    static let dot: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let zero: UInt8 = 0x30
    static let nine: UInt8 = 0x39
    static let colon: UInt8 = 0x3A
    static let openBracket: UInt8 = 0x5B
    static let backslash: UInt8 = 0x5C
    static let closeBracket: UInt8 = 0x5D
    static let underscore: UInt8 = 0x5F
    static let openBrace: UInt8 = 0x7B
    static let closeBrace: UInt8 = 0x7D
    static let tilde: UInt8 = 0x7E

    static func isDigit(_ byte: UInt8) -> Bool {
        byte &- zero < 10
    }

    static func isLowercase(_ byte: UInt8) -> Bool {
        byte &- 0x61 < 26
    }

    static func isUppercase(_ byte: UInt8) -> Bool {
        byte &- 0x41 < 26
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        isLowercase(byte | 0x20)
    }

    /// The value of a hexadecimal digit, or nil.
    static func hexadecimalValue(_ byte: UInt8) -> UInt32? {
        if isDigit(byte) {
            return UInt32(byte - zero)
        }
        let lower = byte | 0x20
        return lower &- 0x61 < 6 ? UInt32(lower - 0x61) + 10 : nil
    }

    /// The digit for a value below 16, in upper case as percent-encoding wants it (RFC 3986, section 2.1).
    static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? zero + value : 0x41 + value - 10
    }
}
