/// Names of texts: the compiler sees to it that each has its text, and a test that the languages agree.
protocol MessageKey: CaseIterable, Sendable {
    var message: Message { get }
}

extension MessageKey {
    /// The text in the language of this task.
    var text: String { message.text }

    /// The text with values in the places `{name}`.
    func text(_ values: [String: String]) -> String { message.text(values) }
}
