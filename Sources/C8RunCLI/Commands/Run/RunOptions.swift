import ArgumentParser

/// The options of a run, of a script or line by line, for help and completions. `RunOption.all` lists the same names and reads them.
struct RunOptions: ParsableArguments {
    @Flag(name: .customLong("emulator"), help: ArgumentHelp(.runEmulator))
    var emulator = false

    @Flag(name: .customLong("dry-run"), help: ArgumentHelp(.runDryRun))
    var dryRun = false

    @Option(
        name: .customLong("max-memory"), parsing: .unconditional,
        help: ArgumentHelp(.maxMemory, valueName: "size"))
    var maxMemory: String?

    @Option(
        name: .customLong("timeout"), parsing: .unconditional,
        help: ArgumentHelp(.timeout, valueName: "duration"))
    var timeout: String?

    @Option(
        name: .customLong("max-instructions"), parsing: .unconditional,
        help: ArgumentHelp(
            .maxInstructions, valueName: "n")
    )
    var maxInstructions: String?

    @Option(
        name: .customLong("input"), parsing: .unconditional,
        help: ArgumentHelp(.input, valueName: "json"))
    var input: String?

    @Option(
        name: .customLong("progress"), parsing: .unconditional,
        help: ArgumentHelp(
            .progress, valueName: "when"), completion: .list(ProgressChoice.allCases.map(\.rawValue)))
    var progress: String?

    @Option(
        name: .customLong("metrics"), parsing: .unconditional,
        help: ArgumentHelp(.metrics, valueName: "file"), completion: .file())
    var metrics: String?

    @Option(
        name: .customLong("max-output"), parsing: .unconditional,
        help: ArgumentHelp(.maxOutput, valueName: "size"))
    var maxOutput: String?
}
