/// Why a text is not a URL that may be used, as the rest of a sentence about it.
package struct WebAddressError: Error, Sendable, Hashable, CustomStringConvertible {
    package let problem: String
    /// Whether the text may be meant to hide which host it leads to: spellings that parsers read in different ways.
    package let isDisguise: Bool

    package init(_ problem: String, isDisguise: Bool = false) {
        self.problem = problem
        self.isDisguise = isDisguise
    }

    package var description: String { problem }
}
