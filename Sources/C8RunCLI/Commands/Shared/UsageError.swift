/// A command line that is wrong: what is wrong, and what was probably meant. Exit code 64.
struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
    let description: String

    /// What to do, in the operator's language, where that is more than to look at the help.
    let hint: String?

    init(_ description: String, hint: String? = nil) {
        self.description = description
        self.hint = hint
    }
}
