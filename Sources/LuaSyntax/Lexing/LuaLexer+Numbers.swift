extension LuaLexer {
    /// A numeral, read as far as it could be one (manual §3.1).
    mutating func numeral() -> LuaToken {
        let start = index
        // A dot before it does not count, so that `.0x` is read on as if it were hexadecimal, and is wrong.
        if bytes[index] == UInt8(ascii: ".") { index += 1 }
        let first = bytes[index]
        index += 1
        var exponent = UInt8(ascii: "e")
        if first == UInt8(ascii: "0"), let byte = current, byte | 0x20 == UInt8(ascii: "x") {
            index += 1
            exponent = UInt8(ascii: "p")
        }
        while let byte = current {
            if byte | 0x20 == exponent {
                index += 1
                if let sign = current, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { index += 1 }
            } else if LuaBytes.isHexDigit(byte) || byte == UInt8(ascii: ".") {
                index += 1
            } else {
                break
            }
        }
        // One letter more makes sure that it is wrong.
        if let byte = current, LuaBytes.isNameStart(byte) { index += 1 }
        let text = bytes[start..<index]
        guard let value = Self.number(text) else {
            note("malformed number", near: Array(text), from: start)
            return made(.float, start, value: .number(0))
        }
        if case .integer = value { return made(.integer, start, value: value) }
        return made(.float, start, value: value)
    }

    /// The value of a numeral; nil for a text that is none.
    private static func number(_ text: ArraySlice<UInt8>) -> LuaToken.Value? {
        var rest = text
        let isHex = text.count > 2 && text.first == UInt8(ascii: "0") && text[text.startIndex + 1] | 0x20 == 0x78
        if isHex { rest = rest.dropFirst(2) }
        let isDigit = isHex ? LuaBytes.isHexDigit : LuaBytes.isDigit
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var isFloat = false
        var fraction = rest.prefix(0)
        if rest.first == UInt8(ascii: ".") {
            isFloat = true
            fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard whole.count + fraction.count > 0 else { return nil }
        if let byte = rest.first, byte | 0x20 == (isHex ? UInt8(ascii: "p") : UInt8(ascii: "e")) {
            isFloat = true
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            let digits = rest.prefix(while: LuaBytes.isDigit)
            guard !digits.isEmpty else { return nil }
            rest = rest.dropFirst(digits.count)
        }
        guard rest.isEmpty else { return nil }
        if !isFloat {
            // A hexadecimal integer wraps around; a decimal one becomes a float.
            if isHex { return .integer(whole.reduce(0) { $0 &* 16 &+ Int64(LuaBytes.hexValue($1)) }) }
            if let integer = Int64(String(decoding: whole, as: UTF8.self)) { return .integer(integer) }
        }
        return .number(Double(String(decoding: text, as: UTF8.self)) ?? 0)
    }
}
