/// What is wrong with a path, as the end of a sentence that begins "the path has".
package struct PathProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What the path has that it must not have.
    package let message: String

    init(_ message: String) {
        self.message = message
    }

    /// The whole sentence.
    package var description: String {
        "the path has \(message)"
    }
}
