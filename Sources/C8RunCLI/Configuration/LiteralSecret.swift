/// A secret that stood in the configuration or in the environment, on its way to the client's own secret type.
///
/// Its descriptions do not show it, so that no dump of a configuration can.
struct LiteralSecret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The text of the secret. Only the secret reader and tests read it.
    let text: String

    init(_ text: String) { self.text = text }

    var description: String { "‹secret›" }
    var debugDescription: String { "‹secret›" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
