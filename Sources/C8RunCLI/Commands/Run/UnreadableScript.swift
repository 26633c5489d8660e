/// A script that cannot be read. Exit code 66.
struct UnreadableScript: Error, Sendable, Equatable, CustomStringConvertible {
    /// The path as it was given.
    let path: String
    /// The system's words.
    let reason: String
    /// What may have been meant instead, as the end of the sentence; often empty.
    var hint = ""

    var description: String { "cannot read the script \(path): \(reason)\(hint)" }
}
