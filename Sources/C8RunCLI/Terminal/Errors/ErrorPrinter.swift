import Logging

/// Writes errors and warnings to standard error. All text is made safe for terminals first.
struct ErrorPrinter: Sendable {
    var stream: OutputStream
    var usesColor: Bool
    /// In JSON an error is a line of the log.
    var format = LogFormat.text
    /// The columns to break text at; nil for none, as in pipes.
    var width: Int?

    /// A printer for this process's standard error.
    static func standard(
        color: ColorChoice, format: LogFormat = .text, environment: EnvironmentLookup
    ) -> ErrorPrinter {
        let stream = OutputStream.standardError
        return ErrorPrinter(
            stream: stream, usesColor: color.isEnabled(onTerminal: stream.isTerminal, environment: environment),
            format: format, width: stream.columns(environment))
    }

    func print(_ report: ErrorReport) { stream.write(text(of: report)) }

    /// Prints a sentence that does not stop anything.
    func warn(_ message: String) { stream.write(text(ofWarning: message)) }

    /// The warning with a line break at its end.
    func text(ofWarning message: String) -> String {
        switch format {
        case .text: head(.warning, TerminalText.line(message), .yellow)
        case .json: line(.warning, message, [:])
        }
    }

    /// The report as text, with a line break at its end.
    func text(of report: ErrorReport) -> String {
        switch format {
        case .text: frame(report)
        case .json: line(.error, report.message, report.fields)
        }
    }

    private func frame(_ report: ErrorReport) -> String {
        var text = head(.error, TerminalText.block(trimmed(report.message)), .red)
        if let excerpt = report.excerpt { text += self.excerpt(excerpt) }
        let facts = report.facts.filter(\.isShown)
        let column = facts.map { TextTable.width(of: $0.label) }.max() ?? 0
        for fact in facts {
            let label = "  \(fact.label)" + String(repeating: " ", count: column - TextTable.width(of: fact.label) + 2)
            text += label + hanging(TerminalText.line(fact.words ?? fact.value), column + 4) + "\n"
        }
        let traceback = report.shownTraceback
        if !traceback.isEmpty {
            text += LabelMessage.traceback.heading + "\n" + traceback.map { "  \(TerminalText.line($0))\n" }.joined()
        }
        if let hint = report.shownHint {
            let label = LabelMessage.hint.lead
            text += paint(label, .cyan) + hanging(TerminalText.line(hint), TextTable.width(of: label)) + "\n"
        }
        return text
    }

    /// The line, and below it the mark.
    private func excerpt(_ excerpt: SourceExcerpt) -> String {
        let number = String(excerpt.place.line)
        let gutter = paint("  \(number) | ", .blue)
        // A line that does not fit would be torn apart, and its mark would point nowhere.
        let room = width.map { $0 - number.count - 5 } ?? .max
        guard TextTable.width(of: excerpt.text) <= room else { return gutter + cut(excerpt.text, to: room) + "\n" }
        guard let underline = excerpt.underline else { return gutter + excerpt.text + "\n" }
        let blanks = String(repeating: " ", count: number.count + 2)
        let mark = String(repeating: "^", count: underline.count)
        return gutter + excerpt.text + "\n" + paint("\(blanks) | ", .blue)
            + String(repeating: " ", count: underline.lowerBound) + paint(mark, .red) + "\n"
    }

    private func cut(_ text: String, to room: Int) -> String {
        TextTable.prefix(text, width: max(1, room - 1)) + "\u{2026}"
    }

    private func line(_ level: Logger.Level, _ message: String, _ fields: Logger.Metadata) -> String {
        LogLine(time: LogTime.now(), level: level, message: trimmed(message), metadata: fields)
            .text(format: .json, usesColor: false)
    }

    /// `c8run: error: …`; later lines are set in, so that a message cannot pass for a line of c8run's own.
    private func head(_ label: LabelMessage, _ message: String, _ color: Color) -> String {
        let gap = label.lead.dropFirst(label.heading.count)
        let used = TextTable.width(of: "c8run: " + label.lead)
        return "c8run: " + paint(label.heading, color) + gap + hanging(message, 2, used: used) + "\n"
    }

    private func hanging(_ text: String, _ indent: Int, used: Int? = nil) -> String {
        TextWrap.hanging(text, indent: indent, used: used ?? indent, width: width)
    }

    /// The colours of errors, as terminals number them (ECMA-48, SGR).
    private enum Color: String {
        case red = "1;31"
        case yellow = "1;33"
        case blue = "1;34"
        case cyan = "1;36"
    }

    private func paint(_ text: String, _ color: Color) -> String {
        usesColor ? "\u{1b}[\(color.rawValue)m\(text)\u{1b}[0m" : text
    }

    private func trimmed(_ text: String) -> String {
        var text = text[...]
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}
