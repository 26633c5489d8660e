import ArgumentParser

/// The limits of a script, whether it is run at once or queued: for help and completions. `RunOption.all` lists the same names and
/// reads them.
struct LimitOptions: ParsableArguments {
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
        help: ArgumentHelp(.maxInstructions, valueName: "n"))
    var maxInstructions: String?

    @Option(
        name: .customLong("max-output"), parsing: .unconditional,
        help: ArgumentHelp(.maxOutput, valueName: "size"))
    var maxOutput: String?
}
