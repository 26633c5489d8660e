import OrderedCollections

// From checked tokens to Swift values.

extension JSONScanner {
    /// An array or object that is being read.
    private struct Container {
        let isObject: Bool
        var isFirst = true
        var elements: [JSONValue] = []
        var members: OrderedDictionary<String, JSONValue> = [:]
        /// The key of the member that is being read.
        var key = ""

        mutating func add(_ value: JSONValue) {
            if isObject {
                members[key] = value
            } else {
                elements.append(value)
            }
        }

        var value: JSONValue {
            isObject ? .object(members) : .array(elements)
        }
    }

    /// Reads the next value whole. A stack of its own stands in for recursion, as threads may have small ones.
    mutating func value() throws(JSONError) -> JSONValue {
        var stack: [Container] = []
        while true {
            skipWhitespace()
            let byte = peek
            var complete: JSONValue?
            if byte == ASCII.openBrace || byte == ASCII.openBracket {
                try open()
                stack.append(Container(isObject: byte == ASCII.openBrace))
            } else {
                complete = try scalar()
            }
            // Hand what is complete to what holds it, until there is another value to read.
            while true {
                if let complete {
                    guard !stack.isEmpty else { return complete }
                    stack[stack.count - 1].add(complete)
                }
                if try next(in: &stack[stack.count - 1]) {
                    break
                }
                complete = stack.removeLast().value
            }
        }
    }

    /// Steps to the next value inside a container; false when the container has ended.
    private mutating func next(in container: inout Container) throws(JSONError) -> Bool {
        guard container.isObject else {
            return try nextElement(isFirst: &container.isFirst)
        }
        guard let key = try nextKey(isFirst: &container.isFirst) else { return false }
        container.key = text(of: key)
        return true
    }

    /// Reads a value that is neither array nor object.
    private mutating func scalar() throws(JSONError) -> JSONValue {
        switch peek {
        case ASCII.quote:
            return .string(text(of: try string()))
        case UInt8(ascii: "t"):
            try literal("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try literal("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try literal("null")
            return .null
        case ASCII.minus, ASCII.zero...ASCII.nine:
            return try number(from: try number())
        default:
            throw unexpected("a value")
        }
    }

    /// Steps over the next value, checking it whole, and returns where it is.
    mutating func skipValue() throws(JSONError) -> Range<Int> {
        skipWhitespace()
        let start = position
        // Which of the open containers are objects.
        var stack: [Bool] = []
        while true {
            skipWhitespace()
            let byte = peek
            var isFirst = false
            if byte == ASCII.openBrace || byte == ASCII.openBracket {
                try open()
                stack.append(byte == ASCII.openBrace)
                isFirst = true
            } else if byte == ASCII.quote {
                _ = try string()
            } else {
                _ = try scalar()
            }
            while let isObject = stack.last {
                let hasNext =
                    isObject ? try nextKey(isFirst: &isFirst) != nil : try nextElement(isFirst: &isFirst)
                if hasNext {
                    break
                }
                stack.removeLast()
                isFirst = false
            }
            if stack.isEmpty {
                return start..<position
            }
        }
    }

    /// The string of a token, with its escapes replaced.
    func text(of token: StringToken) -> String {
        let raw = UnsafeBufferPointer(rebasing: bytes[token.range])
        guard token.hasEscapes else {
            return String(decoding: raw, as: UTF8.self)
        }
        // Every escape is longer than what it stands for, so the raw length is enough.
        return String(unsafeUninitializedCapacity: raw.count) { output in
            Self.unescape(raw, into: output)
        }
    }

    /// Copies a checked string without its escapes; returns the number of bytes written.
    private static func unescape(
        _ raw: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        var read = 0
        var written = 0
        func unit(at offset: Int) -> UInt32 {
            raw[offset..<offset + 4].reduce(0) { $0 << 4 | (ASCII.hexadecimalValue($1) ?? 0) }
        }
        while read < raw.count {
            let byte = raw[read]
            guard byte == ASCII.backslash else {
                output[written] = byte
                read += 1
                written += 1
                continue
            }
            let kind = raw[read + 1]
            read += 2
            guard kind == UInt8(ascii: "u") else {
                output[written] = unescaped(kind)
                written += 1
                continue
            }
            var code = unit(at: read)
            read += 4
            if (0xD800..<0xDC00).contains(code) {
                code = 0x10000 + (code - 0xD800) << 10 + (unit(at: read + 2) - 0xDC00)
                read += 6
            }
            // The scanner has paired the surrogates, so each code is a scalar.
            for encoded in UTF8.encode(Unicode.Scalar(code) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
                output[written] = encoded
                written += 1
            }
        }
        return written
    }

    private static func unescaped(_ kind: UInt8) -> UInt8 {
        switch kind {
        case UInt8(ascii: "b"): ASCII.backspace
        case UInt8(ascii: "f"): ASCII.formFeed
        case UInt8(ascii: "n"): ASCII.lineFeed
        case UInt8(ascii: "r"): ASCII.carriageReturn
        case UInt8(ascii: "t"): ASCII.tab
        default: kind
        }
    }

    /// The number of a token: an integer where 64 bits hold it, else the nearest `Double`. `-0` is the integer 0.
    func number(from token: NumberToken) throws(JSONError) -> JSONValue {
        if token.isInteger, let integer = Int64(exactly: bytes[token.range]) {
            return .integer(integer)
        }
        let text = String(decoding: bytes[token.range], as: UTF8.self)
        guard let number = Double(text), number.isFinite else {
            throw .parsing(.numberOutOfRange, "the number is too large", at: token.range.lowerBound, in: bytes)
        }
        return .number(number)
    }
}

extension Int64 {
    /// The integer that checked decimal digits stand for, or nil when 64 bits do not hold it.
    fileprivate init?(exactly digits: Slice<UnsafeBufferPointer<UInt8>>) {
        let isNegative = digits.first == ASCII.minus
        // Counting downwards reaches Int64.min, which has no positive twin.
        var result: Int64 = 0
        for byte in isNegative ? digits.dropFirst() : digits {
            let (product, overflow) = result.multipliedReportingOverflow(by: 10)
            let (difference, underflow) = product.subtractingReportingOverflow(Int64(byte - ASCII.zero))
            guard !overflow, !underflow else { return nil }
            result = difference
        }
        if isNegative {
            self = result
        } else if result == .min {
            return nil
        } else {
            self = -result
        }
    }
}
