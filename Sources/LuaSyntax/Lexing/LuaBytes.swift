/// What bytes are to Lua: ASCII alone, whatever the locale (as `lctype.c` has it).
enum LuaBytes {
    static func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// Blanks that are no line breaks.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0B || byte == 0x0C }

    static func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || isLineBreak(byte) }

    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    static func isHexDigit(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
    }

    static func hexValue(_ byte: UInt8) -> UInt64 {
        UInt64(isDigit(byte) ? byte - 0x30 : (byte | 0x20) - UInt8(ascii: "a") + 10)
    }

    /// A letter or `_`.
    static func isNameStart(_ byte: UInt8) -> Bool {
        (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
    }

    static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }
}
