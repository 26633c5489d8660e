import ArgumentParser

/// The options of the commands that need to know how operations are bound.
struct APIOptions: ParsableArguments {
    @Flag(help: "Use the built-in emulator's bindings, and for a call the emulator itself.")
    var emulator = false

    @OptionGroup(title: "Platform")
    var platform: PlatformOptions

    @OptionGroup(title: "Output")
    var output: OutputOptions

    func validate() throws {
        if emulator, platform.profile != nil || platform.baseURL != nil {
            throw ValidationError(
                "--emulator has an address and a profile of its own: leave --profile and --base-url out")
        }
    }
}
