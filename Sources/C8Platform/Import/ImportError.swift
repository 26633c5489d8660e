/// Why a page gave nothing.
package struct ImportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure.
    package enum Kind: Sendable, Hashable {
        /// The bytes are no text.
        case notText
        /// No title of the catalogue was found.
        case unknownTitle
        /// The page is a guide, which has nothing to import.
        case guide
        /// The page lacks what a binding needs.
        case incomplete
        /// Another page of the same run has the same title.
        case duplicate
    }

    package let kind: Kind
    /// The page's file.
    package let page: String
    /// What is missing, and what to do.
    package let message: String

    /// The file and the message.
    package var description: String { "\(page): \(message)" }
}
