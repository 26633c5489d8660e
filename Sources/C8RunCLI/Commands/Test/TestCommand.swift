import ArgumentParser

/// `c8run test`, as the argument parser knows it: for help and completions. `CommandLineReader` reads its command lines.
struct TestCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "test",
            abstract: CommandMessage.test.text,
            discussion: DiscussionMessage.test.text)
    }

    @OptionGroup(title: LabelMessage.tests.text)
    var options: TestOptions

    @OptionGroup
    var surroundings: SurroundingOptions

    @Argument(help: ArgumentHelp(.testPaths, valueName: "path"), completion: .file(extensions: ["lua"]))
    var paths: [String] = []
}
