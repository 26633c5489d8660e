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
    /// Beginnings of the content from this length on are looked for too: whoever echoes a secret may have cut it.
    static let shortestBeginning = 16

    /// The text with a stand-in wherever it holds the content, or its beginning. No real secret, sign or token is too short
    /// for it. To be called before a text is cut: the rest of a secret without its beginning is not found.
    package func hidden(in text: String) -> String {
        let wanted = Array(content.utf8)
        guard wanted.count >= Self.shortestHidden else { return text }
        let shortest = min(wanted.count, Self.shortestBeginning)
        // Most texts are short, and hold nothing of it.
        if text.utf8.count < shortest { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var copied = 0
        var position = 0
        while position + shortest <= bytes.count {
            guard bytes[position] == wanted[0], bytes[position + 1] == wanted[1] else {
                position += 1
                continue
            }
            let length = zip(bytes[position...], wanted).prefix { $0 == $1 }.count
            guard length >= shortest else {
                position += 1
                continue
            }
            result += bytes[copied..<position] + Array(description.utf8)
            position += length
            copied = position
        }
        return copied == 0 ? text : String(decoding: result + bytes[copied...], as: UTF8.self)
    }
}
