/// Parses JSON text (RFC 8259).
///
/// Integers of 64 bits are exact; larger ones become the nearest number. Of a key that comes twice, the last value
/// wins. The text must be UTF-8; a byte order mark at its beginning is ignored. Escapes that stand for half of a surrogate
/// pair, and numbers beyond a `Double`, are errors rather than silently something else.
package struct JSONParser {
    /// No caller can raise the depth above this: text is read without recursion, but values are compared, hashed and
    /// released by it, and threads may have small stacks.
    package static let greatestDepth = 512

    /// Parses a whole text.
    ///
    /// - Parameters:
    ///   - bytes: the text; white space around the value is allowed, anything else is not.
    ///   - maximumDepth: how deep arrays and objects may be nested, at most ``greatestDepth``.
    /// - Throws: ``JSONError`` with the offset, the line and the column, and what was expected there.
    package static func parse(_ bytes: [UInt8], maximumDepth: Int = 256) throws(JSONError) -> JSONValue {
        try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            var scanner = JSONScanner(buffer, maximumDepth: min(maximumDepth, greatestDepth))
            let value = try scanner.value()
            try scanner.finish()
            return value
        }
    }
}
