/// Writes errors and warnings to standard error. All text is made safe for terminals first.
struct ErrorPrinter: Sendable {
    var stream: OutputStream
    var usesColor: Bool

    /// A printer for this process's standard error.
    static func standard(color: ColorChoice, environment: EnvironmentLookup) -> ErrorPrinter {
        let stream = OutputStream.standardError
        return ErrorPrinter(
            stream: stream, usesColor: color.isEnabled(onTerminal: stream.isTerminal, environment: environment))
    }

    func print(_ report: ErrorReport) { stream.write(text(of: report)) }

    /// Prints a sentence that does not stop anything.
    func warn(_ message: String) { stream.write(prefix("warning", code: "33") + TerminalText.line(message) + "\n") }

    /// The report as text, with a line break at its end.
    func text(of report: ErrorReport) -> String {
        var text = prefix("error", code: "31") + indented(TerminalText.block(trimmed(report.message)), by: "  ") + "\n"
        let width = report.facts.map(\.name.count).max() ?? 0
        for fact in report.facts {
            let padding = String(repeating: " ", count: width - fact.name.count)
            text += "  \(fact.name)\(padding)  \(TerminalText.line(fact.value))\n"
        }
        if let traceback = report.traceback, !traceback.isEmpty {
            text += TerminalText.block(trimmed(traceback)) + "\n"
        }
        return text
    }

    private func prefix(_ word: String, code: String) -> String {
        usesColor ? "c8run: \u{1b}[1;\(code)m\(word):\u{1b}[0m " : "c8run: \(word): "
    }

    /// Later lines of a message are set in, so that a message cannot pass for a line of c8run's own.
    private func indented(_ text: String, by blanks: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n" + blanks)
    }

    private func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
