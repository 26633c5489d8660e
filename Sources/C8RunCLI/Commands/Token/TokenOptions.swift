import ArgumentParser

/// The options of all token commands.
struct TokenOptions: ParsableArguments {
    @OptionGroup(title: LabelMessage.platform.text)
    var platform: PlatformOptions

    @OptionGroup(title: LabelMessage.output.text)
    var output: OutputOptions
}
