/// A command line, and what it is good for.
struct CommandExample: Sendable {
    /// As a shell takes it.
    let line: String
    let purpose: Message

    init(_ line: String, _ english: String, _ chinese: String) {
        self.line = line
        purpose = Message(english, chinese)
    }
}
