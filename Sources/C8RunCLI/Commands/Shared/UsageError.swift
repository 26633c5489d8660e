/// A command line that is wrong: what is wrong, and what was probably meant. Exit code 64.
struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
