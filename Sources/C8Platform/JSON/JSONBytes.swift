/// JSON text that is known to be correct, kept as bytes.
///
/// The data of an answer may be many megabytes and go straight into a script: this holds it without building a value.
package struct JSONBytes: Sendable, Hashable {
    /// The text of one value, in UTF-8, without white space around it.
    package let bytes: [UInt8]

    /// For text that has been checked already.
    init(checked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Checks a text without building its value.
    ///
    /// - Throws: ``JSONError``, the same as the parser's for the same text.
    package static func parse(_ bytes: [UInt8], maximumDepth: Int = 256) throws(JSONError) -> JSONBytes {
        let range = try bytes.withUnsafeBufferPointer { buffer throws(JSONError) in
            var scanner = JSONScanner(buffer, maximumDepth: min(maximumDepth, JSONParser.greatestDepth))
            let range = try scanner.skipValue()
            try scanner.finish()
            return range
        }
        return JSONBytes(checked: range.count == bytes.count ? bytes : Array(bytes[range]))
    }

    /// The text of a value.
    ///
    /// - Throws: ``JSONError`` when the value holds NaN, an infinity, or too many levels.
    package init(_ value: JSONValue) throws(JSONError) {
        self.bytes = try JSONSerializer.serialize(value)
    }

    /// The value that the text stands for.
    ///
    /// - Throws: ``JSONError`` only when the text was accepted with a depth beyond the parser's default.
    package func value() throws(JSONError) -> JSONValue {
        try JSONParser.parse(bytes, maximumDepth: JSONParser.greatestDepth)
    }
}
