import OrderedCollections

/// Writes values as JSON text (RFC 8259).
///
/// What is written is read back as the same value: numbers are written with as few digits as tell them apart, and a
/// number that happens to be whole keeps its `.0`. Only what must be escaped is escaped.
package struct JSONSerializer {
    private var output: [UInt8] = []
    private let pretty: Bool
    private let sortedKeys: Bool

    /// Writes a value.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - pretty: one member or element a line, indented by two spaces, instead of no white space at all.
    ///   - sortedKeys: keys in the order of their bytes instead of the object's own order.
    /// - Throws: ``JSONError`` with the path of the value that has no JSON form: NaN, an infinity, or a value nested
    ///   deeper than ``JSONParser/greatestDepth``.
    package static func serialize(
        _ value: JSONValue, pretty: Bool = false, sortedKeys: Bool = false
    ) throws(JSONError) -> [UInt8] {
        var serializer = JSONSerializer(pretty: pretty, sortedKeys: sortedKeys)
        try serializer.write(value)
        return serializer.output
    }

    /// A string as a JSON string, for messages.
    package static func quoted(_ string: String) -> String {
        var serializer = JSONSerializer(pretty: false, sortedKeys: false)
        serializer.write(string)
        return String(decoding: serializer.output, as: UTF8.self)
    }

    private init(pretty: Bool, sortedKeys: Bool) {
        self.pretty = pretty
        self.sortedKeys = sortedKeys
    }

    /// An array or object that is being written.
    private struct Level {
        var elements: [JSONValue] = []
        var members: OrderedDictionary<String, JSONValue> = [:]
        /// The places of an object's members in the order to write them; nil for their own order.
        var order: [Int]?
        let isObject: Bool
        /// How many elements or members were begun.
        var begun = 0

        var count: Int {
            isObject ? members.count : elements.count
        }

        /// The member that was begun last.
        var member: (key: String, value: JSONValue) {
            members.elements[order?[begun - 1] ?? begun - 1]
        }

        /// The way to what was begun last.
        var step: JSONPath.Step {
            isObject ? .key(member.key) : .index(begun - 1)
        }
    }

    /// Writes a value whole. A stack of its own stands in for recursion, as threads may have small ones.
    private mutating func write(_ value: JSONValue) throws(JSONError) {
        var stack: [Level] = []
        var next: JSONValue? = value
        while let value = next {
            next = nil
            if let level = level(of: value) {
                guard stack.count < JSONParser.greatestDepth else {
                    throw .serializing(
                        .tooDeep, "nested deeper than \(JSONParser.greatestDepth) levels", at: stack.map(\.step))
                }
                output.append(level.isObject ? ASCII.openBrace : ASCII.openBracket)
                stack.append(level)
            } else if case .number(let number) = value, !number.isFinite {
                throw .serializing(
                    .numberOutOfRange, "JSON has no \(number.isNaN ? "NaN" : "infinite number")", at: stack.map(\.step))
            } else {
                writeScalar(value)
            }
            while next == nil, let last = stack.indices.last {
                if stack[last].begun < stack[last].count {
                    next = begin(&stack[last], depth: stack.count)
                } else {
                    finish(stack.removeLast(), depth: stack.count)
                }
            }
        }
    }

    private func level(of value: JSONValue) -> Level? {
        switch value {
        case .array(let elements):
            return Level(elements: elements, isObject: false)
        case .object(let members):
            guard sortedKeys else { return Level(members: members, isObject: true) }
            let keys = members.keys
            let order = keys.indices.sorted { keys[$0].utf8.lexicographicallyPrecedes(keys[$1].utf8) }
            return Level(members: members, order: order, isObject: true)
        default:
            return nil
        }
    }

    /// Writes what stands before the next element or member, and returns its value.
    private mutating func begin(_ level: inout Level, depth: Int) -> JSONValue {
        if level.begun > 0 {
            output.append(ASCII.comma)
        }
        if pretty {
            breakLine(depth: depth)
        }
        level.begun += 1
        guard level.isObject else { return level.elements[level.begun - 1] }
        let (key, value) = level.member
        write(key)
        output.append(ASCII.colon)
        if pretty {
            output.append(ASCII.space)
        }
        return value
    }

    private mutating func finish(_ level: Level, depth: Int) {
        if pretty, level.count > 0 {
            breakLine(depth: depth)
        }
        output.append(level.isObject ? ASCII.closeBrace : ASCII.closeBracket)
    }

    private mutating func writeScalar(_ value: JSONValue) {
        switch value {
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let flag): output.append(contentsOf: (flag ? "true" : "false").utf8)
        case .integer(let integer): output.append(contentsOf: String(integer).utf8)
        case .number(let number): output.append(contentsOf: number.description.utf8)
        case .string(let string): write(string)
        case .array, .object: break
        }
    }

    private mutating func breakLine(depth: Int) {
        output.append(ASCII.lineFeed)
        output.append(contentsOf: repeatElement(ASCII.space, count: depth * 2))
    }

    private mutating func write(_ string: String) {
        output.append(ASCII.quote)
        var string = string
        string.withUTF8 { bytes in
            var start = 0
            for index in bytes.indices {
                let byte = bytes[index]
                guard byte < ASCII.space || byte == ASCII.quote || byte == ASCII.backslash else { continue }
                output.append(contentsOf: bytes[start..<index])
                writeEscape(of: byte)
                start = index + 1
            }
            output.append(contentsOf: bytes[start...])
        }
        output.append(ASCII.quote)
    }

    private mutating func writeEscape(of byte: UInt8) {
        output.append(ASCII.backslash)
        switch byte {
        case ASCII.backspace: output.append(UInt8(ascii: "b"))
        case ASCII.formFeed: output.append(UInt8(ascii: "f"))
        case ASCII.lineFeed: output.append(UInt8(ascii: "n"))
        case ASCII.carriageReturn: output.append(UInt8(ascii: "r"))
        case ASCII.tab: output.append(UInt8(ascii: "t"))
        case ASCII.quote, ASCII.backslash: output.append(byte)
        default:
            output.append(contentsOf: "u00".utf8)
            output.append(ASCII.hexadecimalDigit(byte >> 4))
            output.append(ASCII.hexadecimalDigit(byte & 15))
        }
    }
}
