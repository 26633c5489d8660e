/// Why a text is not JSON, or why a value cannot become JSON.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure; tests and callers compare these, not the wording.
    package enum Kind: Sendable, Hashable {
        /// The text breaks RFC 8259's grammar.
        case syntax
        /// The text is not UTF-8, or an escape stands for half of a surrogate pair.
        case encoding
        /// Arrays and objects are nested deeper than allowed.
        case tooDeep
        /// A number that no `Double` holds when parsed, or NaN or an infinity when serialized.
        case numberOutOfRange
    }

    /// Where in a text: all three count from the text's beginning, and the line's beginning, in the usual ways.
    package struct Position: Sendable, Hashable {
        /// Bytes before the place.
        package let offset: Int
        /// The line, from 1.
        package let line: Int
        /// The column, from 1, in Unicode scalars.
        package let column: Int
    }

    /// What sort of failure this is.
    package let kind: Kind
    /// What was expected, and what was found.
    package let message: String
    /// The place in the text, when a text was parsed.
    package let position: Position?
    /// The place in the value, such as `$.items[3].weight`, when a value was serialized.
    package let path: String?

    /// The place, as far as it is known, and the message.
    package var description: String {
        if let position {
            return "line \(position.line), column \(position.column): \(message)"
        }
        if let path {
            return "\(path): \(message)"
        }
        return message
    }
}

extension JSONError {
    /// An error at a byte of a text; the line and the column are counted only now, as parsing itself does not need
    /// them.
    static func parsing(_ kind: Kind, _ message: String, at offset: Int, in bytes: UnsafeBufferPointer<UInt8>)
        -> JSONError
    {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == ASCII.lineFeed {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        let position = Position(offset: offset, line: line, column: column)
        return JSONError(kind: kind, message: message, position: position, path: nil)
    }

    /// An error in a value, at the end of these steps.
    static func serializing(_ kind: Kind, _ message: String, at steps: [JSONPath.Step]) -> JSONError {
        let path = steps.reduce(JSONPath.root) { $0.appending($1) }
        return JSONError(kind: kind, message: message, position: nil, path: path.description)
    }
}
