/// Why an answer's body is not an envelope of the platform.
package struct EnvelopeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is missing.
    package enum Problem: Sendable, Hashable {
        /// The body is not JSON: a proxy's error page, or an answer that was cut off.
        case notJSON(JSONError)
        /// The body is JSON, but not an object.
        case notAnObject(found: String)
        /// The object has no `code`, or it is `null`.
        case missingCode
        /// The `code` is neither an integer nor a string of digits.
        case unusableCode(found: JSONValue)
    }

    /// What is missing.
    package let problem: Problem

    /// An error for this problem.
    package init(_ problem: Problem) {
        self.problem = problem
    }

    /// One sentence that says what was expected and what came instead.
    package var description: String {
        switch problem {
        case .notJSON(let error):
            "the answer is not JSON (\(error))"
        case .notAnObject(let found):
            "the answer is not the platform's envelope: expected an object, got \(found)"
        case .missingCode:
            "the answer is not the platform's envelope: it has no code"
        case .unusableCode(.number(let number)):
            "the answer is not the platform's envelope: its code should be an integer of 64 bits, got \(number)"
        case .unusableCode(let found):
            "the answer is not the platform's envelope: its code should be an integer, got \(found.typeName)"
        }
    }
}
