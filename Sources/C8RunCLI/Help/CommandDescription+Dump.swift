import ArgumentParser
import C8Platform

extension CommandDescription {
    /// All commands of c8run, in the language of this task.
    ///
    /// - Throws: where the argument parser's own description cannot be read, which a test rules out.
    static func root() throws -> CommandDescription {
        let dump = try JSONParser.parse(Array(RootCommand._dumpHelp().utf8))
        return CommandDescription(dump: dump["command"] ?? .null, below: [])
    }

    private init(dump: JSONValue, below path: [String]) {
        let name = dump["commandName"]?.stringValue ?? ""
        self.init(
            path: path + [name], abstract: dump["abstract"]?.stringValue ?? "",
            discussion: dump["discussion"]?.stringValue,
            options: (dump["arguments"]?.arrayValue ?? []).compactMap(OptionDescription.init(dump:)), subcommands: [])
        subcommands = (dump["subcommands"]?.arrayValue ?? []).map { CommandDescription(dump: $0, below: self.path) }
        if path.isEmpty {
            // The parser takes it without telling of it.
            options.insert(
                OptionDescription(
                    kind: .option, names: ["--generate-completion-script"], valueName: "shell", section: nil,
                    isOptional: true, isRepeating: false, text: OptionMessage.completionScript.text), at: 0)
        }
        // It stands at the top alone.
        if !path.isEmpty { options.removeAll { $0.names == ["--version"] } }
        guard name == "help" else { return }
        // The parser's own command has few words for itself.
        abstract = CommandMessage.help.text
        for index in options.indices where options[index].kind == .positional {
            options[index].valueName = "command"
            options[index].text = OptionMessage.commandWords.text
        }
    }
}
