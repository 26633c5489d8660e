/// A name that can be typed at some place.
package struct PromptName: Sendable, Hashable {
    /// What the name stands for.
    package enum Kind: String, Sendable {
        case table
        case function
        case value
    }

    package var name: String
    package var kind: Kind

    package init(_ name: String, _ kind: Kind) {
        self.name = name
        self.kind = kind
    }
}
