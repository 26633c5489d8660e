/// A command as help and manual tell it: what the argument parser knows, with examples and exit codes.
struct CommandDescription: Sendable {
    /// The words that call it, such as `c8run`, `api`, `call`.
    var path: [String]
    var abstract: String
    var discussion: String?
    var options: [OptionDescription]
    var subcommands: [CommandDescription]

    /// The words in a row.
    var name: String { path.joined(separator: " ") }

    /// What else is known of it.
    var notes: CommandNotes { CommandNotes.of(Array(path.dropFirst())) }

    /// The lines of its usage.
    var usage: [String] {
        if let usage = notes.usage { return usage.map { "\(name) \($0)".replacing("c8run run", with: "c8run") } }
        let positionals = options.filter { $0.kind == .positional }.map(\.synopsis)
        return [([name, subcommands.isEmpty ? "[options]" : "<command>"] + positionals).joined(separator: " ")]
    }

    /// Its options in groups: the arguments, its own options, and those that it shares with others.
    var sections: [(title: String, options: [OptionDescription])] {
        var titles: [String] = []
        for case let title? in options.map(\.section) where !titles.contains(title) { titles.append(title) }
        let own = options.filter { $0.section == nil }
        let all =
            [
                (LabelMessage.arguments.text, own.filter { $0.kind == .positional }),
                (LabelMessage.options.text, own.filter { $0.kind != .positional }),
            ] + titles.map { title in (title, options.filter { $0.section == title }) }
        return all.filter { !$0.1.isEmpty }
    }

    /// The command that these words lead to from this one; nil where one of them is no command.
    func find(_ words: some Collection<String>) -> CommandDescription? {
        guard let first = words.first else { return self }
        return subcommands.first { $0.path.last == first }?.find(words.dropFirst())
    }

    /// The command that as many of these words as can be lead to.
    func longest(_ words: some Collection<String>) -> CommandDescription {
        guard let first = words.first, let next = find([first]) else { return self }
        return next.longest(words.dropFirst())
    }

    /// This command and all below it.
    var all: [CommandDescription] { [self] + subcommands.flatMap(\.all) }
}
