/// Why a bindings file cannot be used, or why a body does not make a request.
package struct BindingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Kind: Sendable, Hashable {
        /// The bindings file is wrong: a matter of configuration.
        case invalidFile
        /// The body or path of a call is wrong: a matter of the script.
        case invalidRequest
    }

    /// Whose mistake it is; decides the exit status.
    package let kind: Kind
    /// The file, or for a request the operation's id (or the path, where there is no operation).
    package let subject: String
    /// The place in the file or body, such as `$.operations["production.orders.create"].method`; empty when the file is
    /// not JSON, as the message then has line and column.
    package let path: String
    /// What was expected, and what was found.
    package let message: String

    /// An error made by whoever checks a request or a file further than this module does.
    package init(kind: Kind, subject: String, path: String, message: String) {
        self.kind = kind
        self.subject = subject
        self.path = path
        self.message = message
    }

    /// The whole sentence: subject, place, message.
    package var description: String {
        path.isEmpty ? "\(subject): \(message)" : "\(subject): \(path): \(message)"
    }
}
