/// An error as the operator sees it: what happened, where in the script, what the platform said, and what to do.
struct ErrorReport: Sendable, Equatable {
    /// What happened.
    var message: String
    /// The line of the script that it happened in.
    var excerpt: SourceExcerpt?
    /// Named facts, in the order shown: the platform's code, trace id, the outcome of a write, …
    var facts: [Fact] = []
    /// Script frames from the innermost out.
    var traceback: [String] = []
    /// What to do.
    var hint: String?

    struct Fact: Sendable, Equatable {
        /// The name in JSON.
        var name: String
        /// The name that people see.
        var label: String
        var value: String
        /// The value in words; nil where it speaks for itself.
        var words: String?
        /// False where the message has told it already: for programs alone.
        var isShown: Bool
    }

    init(_ message: String) { self.message = message }

    /// The report of an error that ends the process with a code, which programs are told.
    func ending(_ code: ExitCode) -> ErrorReport {
        var report = self
        report.add("exit", .exitCodes, String(code.number), isShown: false)
        return report
    }

    /// Adds a fact where there is a value for it.
    mutating func add(
        _ name: String, _ label: LabelMessage, _ value: String?, words: String? = nil, isShown: Bool = true
    ) {
        guard let value, !value.isEmpty else { return }
        facts.append(Fact(name: name, label: label.text, value: value, words: words, isShown: isShown))
    }

    /// The traceback where it tells more than the message: a single frame that the message begins with does not.
    var shownTraceback: [String] {
        guard traceback.count == 1, let place = ScriptPlace(frame: traceback[0]), message.hasPrefix("\(place): ")
        else { return traceback }
        return []
    }

    /// The hint where the message does not end in these words already.
    var shownHint: String? {
        guard let hint, !message.contains(hint) else { return nil }
        return hint
    }
}
