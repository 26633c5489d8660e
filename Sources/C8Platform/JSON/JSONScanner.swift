/// Walks over JSON text token by token, checking everything RFC 8259 asks and building nothing.
///
/// One walk serves three readers: the parser builds values from the tokens, `JSONBytes` only checks, and the envelope
/// keeps one member as bytes. Memory safety rests on one rule, kept in this type alone: `bytes` is read only at places
/// below `bytes.count`, through `peek` or behind a comparison with `count`; and the buffer outlives the scanner, as
/// each scanner lives inside the closure of one `withUnsafeBufferPointer`.
struct JSONScanner {
    /// A string that has been checked: the bytes between its quotes.
    struct StringToken {
        let range: Range<Int>
        let hasEscapes: Bool
    }

    /// A number that has been checked.
    struct NumberToken {
        let range: Range<Int>
        /// No fraction and no exponent.
        let isInteger: Bool
    }

    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0
    private let maximumDepth: Int
    private var depth = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
        // RFC 8259, section 8.1, lets a parser ignore a byte order mark, and editors on Windows write one.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            position = 3
        }
    }

    /// The next byte, or 0 at the end: no token begins with 0, so callers need no separate test for the end.
    var peek: UInt8 {
        position < bytes.count ? bytes[position] : 0
    }

    mutating func skipWhitespace() {
        while position < bytes.count {
            let byte = bytes[position]
            guard
                byte == ASCII.space || byte == ASCII.lineFeed || byte == ASCII.carriageReturn || byte == ASCII.tab
            else { return }
            position += 1
        }
    }

    /// Checks that nothing but white space is left.
    mutating func finish() throws(JSONError) {
        skipWhitespace()
        guard position == bytes.count else { throw unexpected("the end of the text") }
    }

    // MARK: Containers

    /// Steps into an array or object, whose opening bracket is next.
    mutating func open() throws(JSONError) {
        guard depth < maximumDepth else {
            throw .parsing(.tooDeep, "nested deeper than \(maximumDepth) levels", at: position, in: bytes)
        }
        depth += 1
        position += 1
    }

    /// Steps to an array's next element; false when the array has ended.
    mutating func nextElement(isFirst: inout Bool) throws(JSONError) -> Bool {
        skipWhitespace()
        if peek == ASCII.closeBracket {
            close()
            return false
        }
        guard !isFirst else {
            isFirst = false
            return true
        }
        guard peek == ASCII.comma else { throw unexpected("',' or ']'") }
        position += 1
        return true
    }

    /// Steps to an object's next member and past its colon; nil when the object has ended.
    mutating func nextKey(isFirst: inout Bool) throws(JSONError) -> StringToken? {
        skipWhitespace()
        if peek == ASCII.closeBrace {
            close()
            return nil
        }
        if isFirst {
            isFirst = false
            guard peek == ASCII.quote else { throw unexpected("a key in double quotes or '}'") }
        } else {
            guard peek == ASCII.comma else { throw unexpected("',' or '}'") }
            position += 1
            skipWhitespace()
            guard peek == ASCII.quote else { throw unexpected("a key in double quotes") }
        }
        let key = try string()
        skipWhitespace()
        guard peek == ASCII.colon else { throw unexpected("':'") }
        position += 1
        return key
    }

    private mutating func close() {
        depth -= 1
        position += 1
    }

    // MARK: Tokens

    /// Steps over `true`, `false` or `null`.
    mutating func literal(_ word: StaticString) throws(JSONError) {
        let length = word.utf8CodeUnitCount
        let matches =
            bytes.count - position >= length
            && word.withUTF8Buffer { $0.elementsEqual(bytes[position..<position + length]) }
        guard matches else { throw unexpected("a value") }
        position += length
    }

    /// Steps over a number (RFC 8259, section 6).
    mutating func number() throws(JSONError) -> NumberToken {
        let start = position
        var isInteger = true
        if peek == ASCII.minus {
            position += 1
        }
        if peek == ASCII.zero {
            position += 1
            guard !ASCII.isDigit(peek) else {
                throw .parsing(.syntax, "a number must not begin with a needless 0", at: start, in: bytes)
            }
        } else {
            try digits()
        }
        if peek == ASCII.dot {
            isInteger = false
            position += 1
            try digits()
        }
        if peek | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if peek == ASCII.plus || peek == ASCII.minus {
                position += 1
            }
            try digits()
        }
        return NumberToken(range: start..<position, isInteger: isInteger)
    }

    private mutating func digits() throws(JSONError) {
        guard ASCII.isDigit(peek) else { throw unexpected("a digit") }
        while ASCII.isDigit(peek) {
            position += 1
        }
    }

    /// Steps over a string, whose opening quote is next; its UTF-8 and its escapes are checked.
    mutating func string() throws(JSONError) -> StringToken {
        position += 1
        let start = position
        var hasEscapes = false
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case ASCII.quote:
                position += 1
                return StringToken(range: start..<position - 1, hasEscapes: hasEscapes)
            case ASCII.backslash:
                hasEscapes = true
                try escape()
            case 0..<0x20:
                throw .parsing(
                    .syntax,
                    "a control character inside a string must be escaped, found byte \(Self.hexadecimal(byte))",
                    at: position, in: bytes)
            case 0x20..<0x80:
                position += 1
            default:
                try multiByteScalar()
            }
        }
        throw .parsing(
            .syntax, "expected '\"' at the end of a string, found the end of the text", at: position, in: bytes)
    }

    // MARK: Errors

    /// The error for something else than `expected` at the present place.
    func unexpected(_ expected: String) -> JSONError {
        .parsing(.syntax, "expected \(expected), found \(found)", at: position, in: bytes)
    }

    private var found: String {
        guard position < bytes.count else { return "the end of the text" }
        let byte = bytes[position]
        return byte > ASCII.space && byte < 0x7F
            ? "'\(Unicode.Scalar(byte))'" : "byte \(Self.hexadecimal(byte))"
    }

    static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return "0x" + (digits.count < 2 ? "0" : "") + digits
    }

    /// Moves on inside a string; for the extension that checks escapes and UTF-8.
    mutating func advance(by count: Int) {
        position += count
    }
}
