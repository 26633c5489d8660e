import ArgumentParser

/// The options of `c8run worker` for help and completions. `WorkerOption.all` and `RunOption.all` read them.
struct WorkerOptions: ParsableArguments {
    @Option(
        name: .customLong("concurrency"), parsing: .unconditional,
        help: ArgumentHelp(.concurrency, valueName: "n"))
    var concurrency: String?

    @Option(
        name: .customLong("tag"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.workerTag, valueName: "tag"))
    var tags: [String] = []

    @Option(
        name: .customLong("listen"), parsing: .unconditional,
        help: ArgumentHelp(.listen, valueName: "address:port"))
    var listen: String?

    @Option(
        name: .customLong("drain"), parsing: .unconditional,
        help: ArgumentHelp(.drain, valueName: "duration"))
    var drain: String?

    @Option(
        name: .customLong("poll"), parsing: .unconditional,
        help: ArgumentHelp(.poll, valueName: "duration"))
    var poll: String?

    @Flag(name: .customLong("once"), help: ArgumentHelp(.workerOnce))
    var once = false

    @Flag(name: .customLong("until-empty"), help: ArgumentHelp(.untilEmpty))
    var untilEmpty = false

    @Option(
        name: .customLong("timeout"), parsing: .unconditional,
        help: ArgumentHelp(.workerTimeout, valueName: "duration"))
    var timeout: String?

    @Option(
        name: .customLong("max-memory"), parsing: .unconditional,
        help: ArgumentHelp(.workerMaxMemory, valueName: "size"))
    var maxMemory: String?

    @Option(
        name: .customLong("max-instructions"), parsing: .unconditional,
        help: ArgumentHelp(.workerMaxInstructions, valueName: "n"))
    var maxInstructions: String?

    @Option(
        name: .customLong("max-output"), parsing: .unconditional,
        help: ArgumentHelp(.workerMaxOutput, valueName: "size"))
    var maxOutput: String?

    @Option(
        name: .customLong("metrics"), parsing: .unconditional,
        help: ArgumentHelp(.metrics, valueName: "file"), completion: .file())
    var metrics: String?

    @Flag(name: .customLong("emulator"), help: ArgumentHelp(.runEmulator))
    var emulator = false
}
