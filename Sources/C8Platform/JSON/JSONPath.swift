/// The place of a value inside a JSON text, written as `$.items[3]["odd key"]`.
package struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    /// One step down.
    package enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    /// The whole text.
    package static let root = JSONPath(description: "$")

    /// The place as text.
    package let description: String

    /// The place one step below this one.
    package func appending(_ step: Step) -> JSONPath {
        switch step {
        case .index(let index):
            return JSONPath(description: description + "[\(index)]")
        case .key(let key) where Self.isPlain(key):
            return JSONPath(description: description + "." + key)
        case .key(let key):
            return JSONPath(description: description + "[" + JSONSerializer.quoted(key) + "]")
        }
    }

    /// The member `key` of the object at this place.
    package func key(_ key: String) -> JSONPath {
        appending(.key(key))
    }

    /// The element `index` of the array at this place.
    package func index(_ index: Int) -> JSONPath {
        appending(.index(index))
    }

    /// Whether a key can follow a dot: letters, digits and underscores of ASCII, not led by a digit.
    private static func isPlain(_ key: String) -> Bool {
        guard let first = key.utf8.first, !ASCII.isDigit(first) else { return false }
        return key.utf8.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == ASCII.underscore }
    }
}
