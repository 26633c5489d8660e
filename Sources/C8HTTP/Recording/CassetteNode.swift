import C8Platform
import OrderedCollections

/// A value of a cassette's JSON with the way to it, for errors that tell where something is wrong.
struct CassetteNode {
    struct Wrong: Error {
        let path: JSONPath
        let problem: String
    }

    let value: JSONValue
    let path: JSONPath

    init(_ value: JSONValue, path: JSONPath) {
        self.value = value
        self.path = path
    }

    var isArray: Bool { value.arrayValue != nil }

    func wrong(_ problem: String) -> Wrong { Wrong(path: path, problem: problem) }

    func optional(_ key: String) throws(Wrong) -> CassetteNode? {
        guard case .object(let members) = value else { throw wanted("an object") }
        return members[key].map { CassetteNode($0, path: path.key(key)) }
    }

    func member(_ key: String) throws(Wrong) -> CassetteNode {
        guard let member = try optional(key) else { throw wrong("has no \(key)") }
        return member
    }

    func members() throws(Wrong) -> [(String, CassetteNode)] {
        guard case .object(let members) = value else { throw wanted("an object") }
        return members.map { ($0.key, CassetteNode($0.value, path: path.key($0.key))) }
    }

    func elements() throws(Wrong) -> [CassetteNode] {
        guard case .array(let elements) = value else { throw wanted("an array") }
        return elements.enumerated().map { CassetteNode($0.element, path: path.index($0.offset)) }
    }

    func string() throws(Wrong) -> String {
        guard case .string(let text) = value else { throw wanted("a string") }
        return text
    }

    func integer() throws(Wrong) -> Int64 {
        guard case .integer(let integer) = value else { throw wanted("an integer") }
        return integer
    }

    func number() throws(Wrong) -> Double {
        guard let number = value.numberValue else { throw wanted("a number") }
        return number
    }

    func word<Word: RawRepresentable & CaseIterable>(
        _ type: Word.Type
    ) throws(Wrong) -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try string()) else {
            throw wrong("is none of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return word
    }

    private func wanted(_ what: String) -> Wrong { wrong("\(what) is wanted here, not \(value.typeName)") }
}
