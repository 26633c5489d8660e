import ArgumentParser

/// `c8run run`, as the argument parser knows it: for help and completions. `CommandLineReader` reads its command lines.
struct RunCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "run",
            abstract: CommandMessage.run.text,
            usage: """
                c8run [options] <script> [<argument> …]
                c8run [options] -e <code> [<argument> …]
                """,
            discussion: DiscussionMessage.run.text)
    }

    @OptionGroup(title: LabelMessage.script.text)
    var code: CodeOptions

    @OptionGroup(title: LabelMessage.script.text)
    var options: RunOptions

    @OptionGroup
    var surroundings: SurroundingOptions

    @Argument(
        parsing: .remaining, help: ArgumentHelp(.positionals, valueName: "script and arguments"),
        completion: .file(extensions: ["lua"]))
    var positionals: [String] = []
}
