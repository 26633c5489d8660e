/// What one page of the documentation says, in the form of a bindings file.
package struct ImportedPage: Sendable, Hashable {
    /// The parts of a bindings file.
    package enum Content: Sendable, Hashable {
        /// An operation's binding, for `operations`.
        case operation(JSONValue)
        /// A table, for `references`.
        case reference(JSONValue)

        /// The object itself.
        package var value: JSONValue {
            switch self {
            case .operation(let value), .reference(let value): value
            }
        }
    }

    /// The page's place in the catalogue.
    package let id: OperationID
    /// The page's file.
    package let page: String
    /// What is written into the bindings file.
    package let content: Content
    /// The keys of `content` that were guessed.
    package let guessed: [String]
    /// What was not understood.
    package let notes: [ImportNote]
}
