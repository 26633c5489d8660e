/// Bytes that must not be seen: the application's secret, its sign, the access token. No description, reflection or
/// interpolation shows the content.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let content: String

    package init(_ content: String) {
        self.content = content
    }

    package var description: String { "‹secret›" }
    package var debugDescription: String { "‹secret›" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The content, for this room alone.
    var revealed: String { content }

    /// The content, for what the operator asked to see: `token print`, and `c8.token.reveal()` with its grant.
    package func revealForOperator() -> String { content }

    /// The content, for a store that keeps it where only its owner can read.
    package func revealForStore() -> String { content }
}
