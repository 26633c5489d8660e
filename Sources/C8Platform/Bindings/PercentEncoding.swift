/// Percent-encoding of one piece of a path or query (RFC 3986, section 2).
package enum PercentEncoding {
    /// Every byte of the UTF-8 but letters, digits and `-._~` becomes `%XX`.
    package static func encode(_ text: String) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                result.append(byte)
            } else {
                result.append(ASCII.percent)
                result.append(ASCII.hexadecimalDigit(byte >> 4))
                result.append(ASCII.hexadecimalDigit(byte & 15))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Undoes the encoding once; a `%` that does not begin an encoded byte stays.
    package static func decode(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == ASCII.percent, index + 2 < bytes.count,
                let high = ASCII.hexadecimalValue(bytes[index + 1]), let low = ASCII.hexadecimalValue(bytes[index + 2])
            {
                result.append(UInt8(high << 4 | low))
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    /// RFC 3986, section 2.3.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == ASCII.minus || byte == ASCII.dot
            || byte == ASCII.underscore || byte == ASCII.tilde
    }
}
