/// The project's own name for one page of the platform's documentation, such as `production.orders.create`.
///
/// Ids are lower-case words joined by dots; the last word is what is done. The platform itself has no such names.
package struct OperationID: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The id as text.
    package let rawValue: String

    /// Takes any text; see ``isWellFormed``.
    package init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// An id written in code.
    package init(stringLiteral value: String) {
        self.rawValue = value
    }

    /// The words between the dots.
    package var components: [String] {
        rawValue.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether this has the form of an id: two or more words of lower-case letters, digits and single underscores,
    /// each led by a letter.
    package var isWellFormed: Bool {
        let words = components
        return words.count >= 2 && words.allSatisfy { Self.isWord($0) }
    }

    /// The id as text.
    package var description: String {
        rawValue
    }

    /// Orders ids by their bytes, the same on every machine.
    package static func < (left: OperationID, right: OperationID) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }

    private static func isWord(_ word: String) -> Bool {
        guard let first = word.utf8.first, ASCII.isLowercase(first), word.utf8.last != ASCII.underscore else {
            return false
        }
        var previous: UInt8 = 0
        for byte in word.utf8 {
            guard ASCII.isLowercase(byte) || ASCII.isDigit(byte) || byte == ASCII.underscore else { return false }
            guard byte != ASCII.underscore || previous != ASCII.underscore else { return false }
            previous = byte
        }
        return true
    }
}
