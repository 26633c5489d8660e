import ArgumentParser

/// What surrounds whatever runs Lua, the same for a script, a prompt and tests: for help and completions.
struct SurroundingOptions: ParsableArguments {
    @OptionGroup(title: LabelMessage.grants.text)
    var grants: GrantOptions

    @OptionGroup(title: LabelMessage.grants.text)
    var kernel: KernelOptions

    @OptionGroup(title: LabelMessage.platform.text)
    var platform: PlatformOptions

    @OptionGroup(title: LabelMessage.recordings.text)
    var recordings: RecordingOptions

    @OptionGroup(title: LabelMessage.output.text)
    var output: OutputOptions
}
