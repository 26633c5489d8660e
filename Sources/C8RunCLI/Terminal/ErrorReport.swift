/// An error as the operator sees it: what happened, what the platform said, and where in the script.
struct ErrorReport: Sendable, Equatable {
    /// What happened, and where possible what to do.
    var message: String
    /// Named facts, in the order shown: the platform's code, message, trace id, the outcome of a write, …
    var facts: [Fact] = []
    /// The Lua traceback, naming script lines.
    var traceback: String?

    struct Fact: Sendable, Equatable {
        var name: String
        var value: String
    }

    init(_ message: String) { self.message = message }

    /// Adds a fact where there is a value for it.
    mutating func add(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        facts.append(Fact(name: name, value: value))
    }
}
