/// Finds the lines of exchanges in a cassette's text, once something is wrong with one: the parser's values do not know them.
enum CassetteLines {
    /// The line where an exchange begins, from 1.
    ///
    /// - Parameter bytes: correct JSON, an object with an array `exchanges`.
    static func line(ofExchange wanted: Int, in bytes: [UInt8]) -> Int {
        var line = 1
        var depth = 0
        var isInString = false
        var isEscaped = false
        /// The last string that ended on the first level.
        var text: [UInt8] = []
        var isInExchanges = false
        var index = 0
        for byte in bytes {
            if byte == UInt8(ascii: "\n") { line += 1 }
            if isInString {
                if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false } else { text.append(byte) }
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): (isInString, text) = (true, [])
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == 1 { isInExchanges = text == Array("exchanges".utf8) }
                depth += 1
                if isInExchanges, depth == 3, index == wanted { return line }
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ",") where isInExchanges && depth == 2: index += 1
            default: break
            }
        }
        return 1
    }
}
