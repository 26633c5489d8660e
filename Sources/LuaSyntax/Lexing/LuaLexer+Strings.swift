extension LuaLexer {
    /// The number of `=` in a long bracket that opens here; nil, and nothing read, where none does.
    func longBracketLevel() -> Int? {
        var at = index + 1
        while at < bytes.count, bytes[at] == UInt8(ascii: "=") { at += 1 }
        return at < bytes.count && bytes[at] == UInt8(ascii: "[") ? at - index - 1 : nil
    }

    /// What begins with a bracket and is more than that: a long string, or the beginning of one that is wrong.
    mutating func bracket() -> LuaToken? {
        let start = index
        if let level = longBracketLevel() {
            let content = skipLong(level, start, "string")
            return made(.string, start, value: .string(longValue(content)))
        }
        guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "=") else { return nil }
        index += 1
        while take(UInt8(ascii: "=")) {}
        note("invalid long string delimiter", near: Array(bytes[start..<index]), from: start)
        return made(.string, start, value: .string([]))
    }

    /// Passes over a long bracket and gives what is in it.
    mutating func skipLong(_ level: Int, _ start: Int, _ what: String) -> LuaRange {
        let firstLine = line
        index += level + 2
        let begin = index
        while let byte = current {
            if LuaBytes.isLineBreak(byte) {
                takeLineBreak()
            } else if byte == UInt8(ascii: "]"), closes(level) {
                let content = LuaRange(begin, index)
                index += level + 2
                return content
            } else {
                index += 1
            }
        }
        note("unfinished long \(what) (starting at line \(firstLine))", near: nil, from: start)
        return LuaRange(begin, index)
    }

    private func closes(_ level: Int) -> Bool {
        let end = index + level + 1
        return end < bytes.count && bytes[end] == UInt8(ascii: "]")
            && bytes[index + 1..<end].allSatisfy { $0 == UInt8(ascii: "=") }
    }

    /// A first line break does not count, and all others are LF.
    private func longValue(_ content: LuaRange) -> [UInt8] {
        var value: [UInt8] = []
        var at = content.start
        while at < content.end {
            let byte = bytes[at]
            at += 1
            guard LuaBytes.isLineBreak(byte) else {
                value.append(byte)
                continue
            }
            let isFirst = at == content.start + 1
            if at < content.end, LuaBytes.isLineBreak(bytes[at]), bytes[at] != byte { at += 1 }
            if !isFirst { value.append(0x0A) }
        }
        return value
    }

    mutating func shortString(_ quote: UInt8) -> LuaToken {
        let start = index
        var value: [UInt8] = []
        var isWrong = false
        index += 1
        while let byte = current, byte != quote {
            if LuaBytes.isLineBreak(byte) {
                if !isWrong { note("unfinished string", near: [quote] + value, from: start) }
                return made(.string, start, value: .string(value))
            }
            guard byte == UInt8(ascii: "\\") else {
                index += 1
                value.append(byte)
                continue
            }
            let escape = index
            index += 1
            if let message = readEscape(&value), !isWrong {
                isWrong = true
                // Lua shows the string so far, and the escape with the byte at which it went wrong.
                let seen = bytes[escape..<min(bytes.count, index + 1)]
                note(message, near: [quote] + value + seen, from: escape)
            }
        }
        if current == nil {
            if !isWrong { note("unfinished string", near: nil, from: start) }
        } else {
            index += 1
        }
        return made(.string, start, value: .string(value))
    }

    /// Reads an escape behind its backslash. Returns what is wrong with it; the byte at which it went wrong is not read.
    private mutating func readEscape(_ value: inout [UInt8]) -> String? {
        guard let byte = current else { return nil }
        if LuaBytes.isLineBreak(byte) {
            takeLineBreak()
            value.append(0x0A)
            return nil
        }
        if LuaBytes.isDigit(byte) { return readDecimal(&value) }
        if let meaning = Self.escapes[byte] {
            index += 1
            value.append(meaning)
            return nil
        }
        switch byte {
        case UInt8(ascii: "x"):
            index += 1
            var number: UInt64 = 0
            for _ in 0..<2 {
                guard let digit = current, LuaBytes.isHexDigit(digit) else { return "hexadecimal digit expected" }
                number = number * 16 + LuaBytes.hexValue(digit)
                index += 1
            }
            value.append(UInt8(truncatingIfNeeded: number))
        case UInt8(ascii: "u"):
            index += 1
            return readUnicode(&value)
        case UInt8(ascii: "z"):
            index += 1
            while let space = current, LuaBytes.isSpace(space) {
                if LuaBytes.isLineBreak(space) { takeLineBreak() } else { index += 1 }
            }
        default: return "invalid escape sequence"
        }
        return nil
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): 0x5C,
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "'"): 0x27,
    ]

    private mutating func readDecimal(_ value: inout [UInt8]) -> String? {
        var number = 0
        for _ in 0..<3 {
            guard let digit = current, LuaBytes.isDigit(digit) else { break }
            number = number * 10 + Int(digit - 0x30)
            index += 1
        }
        guard number <= 255 else { return "decimal escape too large" }
        value.append(UInt8(number))
        return nil
    }

    private mutating func readUnicode(_ value: inout [UInt8]) -> String? {
        guard take(UInt8(ascii: "{")) else { return "missing '{'" }
        guard let first = current, LuaBytes.isHexDigit(first) else { return "hexadecimal digit expected" }
        var number: UInt64 = 0
        while let digit = current, LuaBytes.isHexDigit(digit) {
            guard number <= 0x7FFF_FFFF >> 4 else { return "UTF-8 value too large" }
            number = number * 16 + LuaBytes.hexValue(digit)
            index += 1
        }
        guard take(UInt8(ascii: "}")) else { return "missing '}'" }
        value += Self.encoded(number)
        return nil
    }

    /// UTF-8 as Lua writes it: up to 31 bits, in up to six bytes (manual §3.1).
    private static func encoded(_ number: UInt64) -> [UInt8] {
        if number < 0x80 { return [UInt8(number)] }
        var rest = number
        var most: UInt64 = 0x3F
        var bytes: [UInt8] = []
        repeat {
            bytes.append(UInt8(0x80 | (rest & 0x3F)))
            rest >>= 6
            most >>= 1
        } while rest > most
        bytes.append(UInt8(truncatingIfNeeded: (~most << 1) | rest))
        return bytes.reversed()
    }
}
