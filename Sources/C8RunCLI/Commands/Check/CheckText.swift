import C8Check
import LuaSyntax

/// Findings as people read them.
struct CheckText {
    let usesColor: Bool

    func text(_ results: [CheckResult]) -> String {
        var text = ""
        for result in results {
            let columns = SourceColumns(result.bytes)
            for finding in result.report.findings { text += self.text(finding, columns) }
            if !result.report.grants.isEmpty {
                let flags = result.report.grants.flags.joined(separator: " ")
                text += TerminalText.line("\(result.name): this script needs: c8run \(flags) \(result.name)") + "\n"
            }
        }
        return text + summary(results)
    }

    private func text(_ finding: CheckFinding, _ columns: SourceColumns) -> String {
        let column = columns.scalarColumn(of: finding.start)
        var text = paint("\(TerminalText.line(finding.file)):\(finding.start.line):\(column): ", "1")
        text += paint("\(finding.severity.rawValue):", Self.color(finding.severity))
        text += " \(TerminalText.line(finding.message)) [\(finding.rule.rawValue)]\n"
        if let hint = finding.hint { text += "  \(paint("hint:", "36")) \(TerminalText.line(hint))\n" }
        return text + excerpt(finding, columns)
    }

    /// The line in question with a mark below what is meant. A mark stands under wide characters as wide as they are.
    private func excerpt(_ finding: CheckFinding, _ columns: SourceColumns) -> String {
        let line = columns.text(ofLine: finding.start.line)
        guard !line.isEmpty, line.utf8.count <= 500 else { return "" }
        let before = columns.prefix(of: finding.start)
        let isOneLine = finding.end.line == finding.start.line
        let through = isOneLine ? columns.prefix(of: finding.end) : line
        let (start, end) = (Self.shown(before), Self.shown(through))
        let width = max(1, TextTable.width(of: end) - TextTable.width(of: start))
        let blanks = String(repeating: " ", count: TextTable.width(of: start))
        let mark = "^" + String(repeating: "~", count: width - 1)
        return "    \(Self.shown(line))\n    \(blanks)\(paint(mark, Self.color(finding.severity)))\n"
    }

    /// A piece of a source on a terminal: tabs as blanks to the next column of eight, everything else made safe.
    private static func shown(_ text: String) -> String {
        var result = ""
        var column = 0
        for piece in text.split(separator: "\t", omittingEmptySubsequences: false).enumerated() {
            if piece.offset > 0 {
                let blanks = 8 - column % 8
                result += String(repeating: " ", count: blanks)
                column += blanks
            }
            let safe = TerminalText.line(String(piece.element))
            result += safe
            column += TextTable.width(of: safe)
        }
        return result
    }

    private func summary(_ results: [CheckResult]) -> String {
        let findings = results.flatMap(\.report.findings)
        func count(_ severity: CheckSeverity, _ word: String) -> String? {
            let number = findings.count { $0.severity == severity }
            return number == 0 ? nil : "\(number) \(word)\(number == 1 ? "" : "s")"
        }
        let files = "\(results.count) file\(results.count == 1 ? "" : "s")"
        let counts = [count(.error, "error"), count(.warning, "warning")].compactMap { $0 }
        return "checked \(files): \(counts.isEmpty ? "no errors, no warnings" : counts.joined(separator: ", "))\n"
    }

    private static func color(_ severity: CheckSeverity) -> String {
        switch severity {
        case .error: "1;31"
        case .warning: "1;33"
        case .information: "1;34"
        }
    }

    private func paint(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
