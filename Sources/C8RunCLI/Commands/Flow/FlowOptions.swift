import ArgumentParser

/// The options of all flow commands.
struct FlowOptions: ParsableArguments {
    @OptionGroup(title: LabelMessage.platform.text)
    var platform: PlatformOptions

    @OptionGroup(title: LabelMessage.output.text)
    var output: OutputOptions
}
