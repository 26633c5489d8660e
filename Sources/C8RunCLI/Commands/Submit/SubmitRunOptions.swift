import ArgumentParser

/// Those options of a run that a queued script takes along, for help and completions.
struct SubmitRunOptions: ParsableArguments {
    @Option(
        name: .customLong("input"), parsing: .unconditional,
        help: ArgumentHelp(.input, valueName: "json"))
    var input: String?

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
