/// Finds the JSON in a piece of a page: an example of a request or an answer.
enum JSONExample {
    /// The first object or array of a text, or nil; comments and commas before a closing bracket are passed over, as
    /// pages are written by hand.
    static func find(in text: String) -> JSONValue? {
        let bytes = Array(text.utf8)
        guard let start = bytes.firstIndex(where: { $0 == ASCII.openBrace || $0 == ASCII.openBracket }),
            let end = end(of: bytes, from: start)
        else { return nil }
        let piece = Array(bytes[start...end])
        return (try? JSONParser.parse(piece)) ?? (try? JSONParser.parse(cleaned(piece)))
    }

    /// Whether a text looks as if it held an example.
    static func isLikely(in text: String) -> Bool {
        guard let brace = text.utf8.firstIndex(of: ASCII.openBrace) else { return false }
        return text.utf8[brace...].contains(ASCII.quote)
    }

    private static func end(of bytes: [UInt8], from start: Int) -> Int? {
        var depth = 0
        var isString = false
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            if isString {
                if byte == ASCII.backslash { index += 1 } else if byte == ASCII.quote { isString = false }
            } else {
                switch byte {
                case ASCII.quote: isString = true
                case ASCII.openBrace, ASCII.openBracket: depth += 1
                case ASCII.closeBrace, ASCII.closeBracket:
                    depth -= 1
                    if depth == 0 { return index }
                default: break
                }
            }
            index += 1
        }
        return nil
    }

    private static func cleaned(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var isString = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isString {
                result.append(byte)
                if byte == ASCII.backslash, index + 1 < bytes.count {
                    index += 1
                    result.append(bytes[index])
                } else if byte == ASCII.quote {
                    isString = false
                }
            } else if byte == ASCII.slash, index + 1 < bytes.count, bytes[index + 1] == ASCII.slash {
                while index < bytes.count, bytes[index] != ASCII.lineFeed { index += 1 }
            } else if byte == ASCII.closeBrace || byte == ASCII.closeBracket {
                while let last = result.last, last <= 0x20 || last == ASCII.comma { result.removeLast() }
                result.append(byte)
            } else {
                if byte == ASCII.quote { isString = true }
                // A hard space, which editors put in for indentation, is no white space to JSON.
                if byte == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA0 {
                    index += 1
                    result.append(ASCII.space)
                } else {
                    result.append(byte)
                }
            }
            index += 1
        }
        return result
    }
}
