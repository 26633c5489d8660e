import ArgumentParser

/// `c8run repl`, as the argument parser knows it: for help and completions. `CommandLineReader` reads its command lines.
struct ReplCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "repl",
            abstract: CommandMessage.repl.text,
            discussion: DiscussionMessage.repl.text)
    }

    @OptionGroup(title: LabelMessage.script.text)
    var code: PromptCodeOptions

    @OptionGroup(title: LabelMessage.script.text)
    var options: RunOptions

    @OptionGroup
    var surroundings: SurroundingOptions
}
