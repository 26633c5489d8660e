import ArgumentParser

/// The options of all flow commands.
struct FlowOptions: ParsableArguments {
    @OptionGroup(title: "Platform")
    var platform: PlatformOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions
}
