/// Bytes that must not be seen: the application's secret, its sign, the access token. No description, reflection or
/// interpolation shows the content.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let content: String

    /// Wraps what must not be seen.
    package init(_ content: String) {
        self.content = content
    }

    /// A stand-in.
    package var description: String { "‹secret›" }
    /// A stand-in.
    package var debugDescription: String { "‹secret›" }
    /// No children.
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The content, for this room alone.
    var revealed: String { content }

    /// The content, for what the operator asked to see: `token print`, and `c8.token.reveal()` with its grant.
    package func revealForOperator() -> String { content }

    /// The content, for a store that keeps it where only its owner can read.
    package func revealForStore() -> String { content }

    /// The content, for a request of a script to the one host that the secret is for.
    package func revealForRequest() -> String { content }

    /// Contents shorter than this are not looked for in texts: they could not be told from ordinary words.
    static let shortestHidden = 8

    /// The text with a stand-in wherever it holds the content. No real secret, sign or token is too short for it.
    func hidden(in text: String) -> String {
        content.utf8.count < Self.shortestHidden ? text : text.replacing(content, with: description)
    }
}
