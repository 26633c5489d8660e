/// The manual page of c8run and all its commands, as troff with the macros of man(7).
struct ManualPage: Sendable {
    let root: CommandDescription

    /// The page, with a line break at its end.
    var text: String {
        let version = "c8run \(Version.text)"
        return lines([
            ".\\\" Made by scripts/manual from the help of the commands.",
            ".TH C8RUN 1 \"\(Version.date)\" \(quoted(version)) \(quoted(ManualMessage.book.text))",
            // Ragged lines: a command that is torn apart or spread out cannot be copied.
            ".nh", ".ad l",
            section(.name), "c8run \\- \(escaped(root.abstract))",
            section(.synopsis), synopsis(root),
            section(.description), escaped(ManualMessage.introduction.text),
            section(.options), lines(root.options.map(option)),
            section(.commands), commands,
            section(.exitStatus), exitStatus,
            section(.environment), environment,
            section(.files), files,
            section(.examples), String(examples(root).dropFirst(4)),
            section(.completion), completion,
        ])
    }

    // MARK: Sections

    private var commands: String {
        lines(root.all.dropFirst().filter { $0.subcommands.isEmpty }.map(command))
    }

    private func command(_ command: CommandDescription) -> String {
        var parts = [".SS \(quoted(command.name))", synopsis(command), ".PP", escaped(command.abstract)]
        if let discussion = command.discussion { parts += [".PP", escaped(discussion)] }
        parts += command.sections.flatMap(\.options).filter { !$0.names.contains("--help") }.map(option)
        if !command.notes.examples.isEmpty { parts.append(examples(command)) }
        if !command.notes.exitCodes.isEmpty, command.notes.exitCodes.count < 10 {
            let codes = command.notes.exitCodes.map { "\($0.number)" }.joined(separator: ", ")
            parts += [".PP", escaped("\(LabelMessage.exitCodes.text): \(codes)")]
        }
        return lines(parts)
    }

    private func synopsis(_ command: CommandDescription) -> String {
        let lines = command.usage.map { usage in
            let words = usage.split(separator: " ", maxSplits: 1).map { escaped(String($0)) }
            return ".B \(words[0])\n\(words.dropFirst().first ?? "")"
        }
        return lines.joined(separator: "\n.br\n")
    }

    private func option(_ option: OptionDescription) -> String {
        lines([".TP", label(option), escaped(option.text)] + [option.discussion.map(escaped)].compactMap(\.self))
    }

    private func label(_ option: OptionDescription) -> String {
        let names = option.names.map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ")
        let value = "\\fI\(escaped(option.valueName))\\fR"
        switch option.kind {
        case .flag: return names
        case .positional: return value
        case .option: return names + (option.hasOptionalValue ? "[=\(value)]" : " \(value)")
        }
    }

    private func examples(_ command: CommandDescription) -> String {
        lines(
            command.notes.examples.flatMap { example in
                [
                    ".PP", escaped(example.purpose.text) + LabelMessage.colon, ".PP", ".nf", ".RS 4",
                    escaped(example.line), ".RE",
                    ".fi",
                ]
            })
    }

    private var exitStatus: String {
        lines(
            ExitCode.allCases.sorted { $0.number < $1.number }.flatMap { code in
                [".TP", "\\fB\(code.number)\\fR", escaped(code.meaning.text)]
            })
    }

    private var environment: String { list(VariableMessage.allCases.map { ($0.name, $0.text) }) }

    private var files: String {
        list([
            ("$XDG_CONFIG_HOME/c8run/config.toml", ManualMessage.configurationFile.text),
            ("$XDG_STATE_HOME/c8run", ManualMessage.stateFolder.text),
        ])
    }

    private var completion: String {
        lines([
            escaped(ManualMessage.completion.text), ".PP", ".nf", ".RS 4",
            escaped("c8run --generate-completion-script bash > ~/.local/share/bash-completion/completions/c8run"),
            ".RE", ".fi",
        ])
    }

    private func list(_ items: [(String, String)]) -> String {
        lines(items.flatMap { [".TP", "\\fB\(escaped($0.0))\\fR", escaped($0.1)] })
    }

    // MARK: Text

    private func section(_ title: ManualMessage) -> String { ".SH \(quoted(title.text))" }

    private func lines(_ lines: [String]) -> String {
        lines.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined()
    }

    private func quoted(_ text: String) -> String { "\"\(escaped(text).replacing("\"", with: "\\(dq"))\"" }

    /// Text that troff shows as it is: no request, no escape, and a minus sign that can be copied into a shell. Between
    /// Chinese characters, where troff sees one long word, it may break the line.
    private func escaped(_ text: String) -> String {
        text.split(separator: "\n").map { line in
            let pieces = TextWrap.pieces(line).map(literal)
            var result = line.hasPrefix(".") ? "\\&" : ""
            for (index, piece) in pieces.enumerated() {
                result += piece + (index == pieces.count - 1 || piece.hasSuffix(" ") ? "" : "\\:")
            }
            return result
        }.joined(separator: "\n")
    }

    private func literal(_ text: String) -> String {
        text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("'", with: "\\(aq")
            .replacing("\u{2026}", with: "...")
    }
}
