import ArgumentParser

/// The options of a run, of a script or line by line, for help and completions. `RunOption.all` lists the same names and reads them.
struct RunOptions: ParsableArguments {
    @Flag(name: .customLong("emulator"), help: ArgumentHelp(.runEmulator))
    var emulator = false

    @Flag(name: .customLong("dry-run"), help: ArgumentHelp(.runDryRun))
    var dryRun = false

    @OptionGroup var input: InputOptions

    @OptionGroup var limits: LimitOptions

    @Option(
        name: .customLong("progress"), parsing: .unconditional,
        help: ArgumentHelp(
            .progress, valueName: "when"), completion: .list(ProgressChoice.allCases.map(\.rawValue)))
    var progress: String?

    @Option(
        name: .customLong("metrics"), parsing: .unconditional,
        help: ArgumentHelp(.metrics, valueName: "file"), completion: .file())
    var metrics: String?
}
