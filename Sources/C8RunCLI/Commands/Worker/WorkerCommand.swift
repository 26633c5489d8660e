import ArgumentParser

/// `c8run worker`, as the argument parser knows it: for help and completions. `CommandLineReader` reads its command lines.
struct WorkerCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "worker",
            abstract: CommandMessage.worker.text,
            discussion: DiscussionMessage.worker.text)
    }

    @OptionGroup(title: LabelMessage.worker.text)
    var options: WorkerOptions

    @OptionGroup(title: LabelMessage.grants.text)
    var grants: GrantOptions

    @OptionGroup(title: LabelMessage.grants.text)
    var kernel: KernelOptions

    @OptionGroup(title: LabelMessage.platform.text)
    var platform: PlatformOptions

    @OptionGroup(title: LabelMessage.output.text)
    var output: OutputOptions
}
