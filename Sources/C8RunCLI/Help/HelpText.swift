/// The help of a command, for a terminal or a pipe.
struct HelpText: Sendable {
    let command: CommandDescription
    /// The columns of a line; help is never wider than this.
    var width = 80

    /// Where the text of an option begins.
    private static let column = 26

    /// The whole help, with a line break at its end.
    var text: String {
        var parts = [wrapped(command.abstract), usage]
        if let discussion = command.discussion { parts.append(wrapped(discussion)) }
        if !command.notes.examples.isEmpty { parts.append(examples) }
        parts += command.sections.map { section in
            heading(section.title) + section.options.map(option).joined()
        }
        if !command.subcommands.isEmpty { parts.append(subcommands) }
        if !command.notes.exitCodes.isEmpty { parts.append(exitCodes) }
        return parts.joined(separator: "\n")
    }

    private var usage: String {
        let label = LabelMessage.usage.lead
        let blanks = String(repeating: " ", count: TextTable.width(of: label))
        return label + command.usage.joined(separator: "\n" + blanks) + "\n"
    }

    private var examples: String {
        heading(LabelMessage.examples.text)
            + command.notes.examples.map { "  # \($0.purpose.text)\n  \($0.line)\n" }.joined()
    }

    private func option(_ option: OptionDescription) -> String {
        entry(option.label, option.text) + (option.discussion.map { entry("", $0) } ?? "")
    }

    private var subcommands: String {
        let list = command.subcommands.map { entry($0.path.last ?? "", $0.abstract) }.joined()
        let help = (["c8run", "help"] + command.path.dropFirst() + ["<command>"]).joined(separator: " ")
        return heading(LabelMessage.commands.text) + list + "\n"
            + wrapped(LabelMessage.seeHelp.text(["command": help]))
    }

    private var exitCodes: String {
        heading(LabelMessage.exitCodes.text)
            + command.notes.exitCodes.sorted { $0.number < $1.number }.map { code in
                let number = String(code.number)
                let label = "  \(number)" + String(repeating: " ", count: 5 - number.count)
                return label + TextWrap.hanging(code.meaning.text, indent: label.count, width: width) + "\n"
            }.joined()
    }

    private func entry(_ label: String, _ text: String) -> String {
        let blanks = String(repeating: " ", count: Self.column)
        let text = TextWrap.hanging(text, indent: Self.column, width: width) + "\n"
        if label.isEmpty { return blanks + text }
        let used = 2 + TextTable.width(of: label)
        // A label that leaves no gap has its text on the next line.
        guard used < Self.column - 1 else { return "  \(label)\n\(blanks)\(text)" }
        return "  \(label)" + String(repeating: " ", count: Self.column - used) + text
    }

    private func heading(_ title: String) -> String { title + LabelMessage.colon + "\n" }

    private func wrapped(_ text: String) -> String { TextWrap.lines(text, width: width).joined(separator: "\n") + "\n" }
}
