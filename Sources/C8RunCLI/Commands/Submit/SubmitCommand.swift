import ArgumentParser

/// `c8run submit`, as the argument parser knows it: for help and completions. `CommandLineReader` reads its command lines.
struct SubmitCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "submit",
            abstract: CommandMessage.submit.text,
            discussion: DiscussionMessage.submit.text)
    }

    @OptionGroup
    var options: SubmitOptions

    @OptionGroup(title: LabelMessage.script.text)
    var code: CodeOptions

    @OptionGroup(title: LabelMessage.script.text)
    var input: InputOptions

    @OptionGroup(title: LabelMessage.script.text)
    var limits: LimitOptions

    @OptionGroup(title: LabelMessage.grants.text)
    var grants: GrantOptions

    @OptionGroup(title: LabelMessage.platform.text)
    var platform: ProfileOptions

    @OptionGroup(title: LabelMessage.output.text)
    var output: OutputOptions

    @Argument(
        parsing: .remaining, help: ArgumentHelp(JobOptionMessage.positionals, valueName: "script and arguments"),
        completion: .file(extensions: ["lua"]))
    var positionals: [String] = []
}
