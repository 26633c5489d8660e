import ArgumentParser

/// The options of all token commands.
struct TokenOptions: ParsableArguments {
    @OptionGroup(title: "Platform")
    var platform: PlatformOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions
}
