/// A command line that is wrong: what is wrong, and what was probably meant. Exit code 64.
struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
    let description: String

    /// What to do, in the operator's language, where that is more than to look at the help.
    let hint: String?

    init(_ description: String, hint: String? = nil) {
        self.description = description
        self.hint = hint
    }

    /// - Parameter nearest: what was probably meant.
    init(_ message: UsageMessage, _ values: [String: String] = [:], nearest: String? = nil) {
        let hint = nearest.map { UsageMessage.nearest.text(["name": $0]) } ?? ""
        self.init(message.text(values) + hint)
    }

    /// - Parameter ending: what follows, such as what was probably meant.
    init(_ message: MistakeMessage, _ values: [String: String] = [:], ending: String = "") {
        self.init(message.text(values) + ending)
    }

    /// The value of an option is not what it must be.
    init(_ option: String, value: String, isNot meaning: Message) {
        self.init(.isNot, ["option": option, "value": value, "meaning": meaning.text])
    }
}
