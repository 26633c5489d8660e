import C8Platform

/// One thing that `c8run doctor` looked at.
struct DoctorCheck: Sendable, Equatable {
    enum Verdict: String, Sendable {
        case ok
        case warn
        case fail
    }

    let name: String
    let verdict: Verdict
    let text: String
    /// What to do about it; nil where nothing is to be done.
    var remedy: String?

    /// `ok    state: /home/…`, and a remedy on a line of its own.
    var lines: String {
        let word = verdict.rawValue + String(repeating: " ", count: 4 - verdict.rawValue.count)
        let label = SubjectMessage(rawValue: name)?.text ?? name
        let first = "\(word)  \(label)\(LabelMessage.gap)\(TerminalText.line(text))\n"
        return toldRemedy.map { first + "      \(TerminalText.line($0))\n" } ?? first
    }

    /// The remedy, or the advice in what another room said in English.
    private var toldRemedy: String? { remedy ?? (verdict == .ok ? nil : AdviceMessage.within(text)) }

    var json: JSONValue {
        [
            "name": .string(name), "verdict": .string(verdict.rawValue), "text": .string(text),
            "remedy": toldRemedy.map { .string($0) } ?? .null,
        ]
    }
}
