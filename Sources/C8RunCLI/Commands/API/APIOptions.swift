import ArgumentParser

/// The options of the commands that need to know how operations are bound.
struct APIOptions: ParsableArguments {
    @Flag(help: ArgumentHelp(.apiEmulator))
    var emulator = false

    @OptionGroup(title: LabelMessage.platform.text)
    var platform: PlatformOptions

    @OptionGroup(title: LabelMessage.output.text)
    var output: OutputOptions

    func validate() throws {
        if emulator, platform.application.profile != nil || platform.application.baseURL != nil {
            throw ValidationError(
                MistakeMessage.emulatorAlone.text)
        }
    }
}
