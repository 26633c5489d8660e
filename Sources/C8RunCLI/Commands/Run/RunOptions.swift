import ArgumentParser

/// The options of `c8run run` for help and completions. `RunOption.all` lists the same names and reads them.
struct RunOptions: ParsableArguments {
    @Option(
        name: .customShort("e"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Lua code to run instead of a script; may be repeated.", valueName: "code"))
    var code: [String] = []

    @Flag(name: .customLong("emulator"), help: "Start a stand-in for the platform in this process, and use it.")
    var emulator = false

    @Flag(name: .customLong("dry-run"), help: "Log operations that would change something instead of sending them.")
    var dryRun = false

    @Option(
        name: .customLong("max-memory"), parsing: .unconditional,
        help: ArgumentHelp("Memory for the script, such as 64MiB (default: 512MiB).", valueName: "size"))
    var maxMemory: String?

    @Option(
        name: .customLong("timeout"), parsing: .unconditional,
        help: ArgumentHelp("Time for the script, such as 90s or 5m (default: no limit).", valueName: "duration"))
    var timeout: String?

    @Option(
        name: .customLong("max-instructions"), parsing: .unconditional,
        help: ArgumentHelp(
            "Lua instructions for the script (default: no limit). Makes Lua two to three times slower.", valueName: "n")
    )
    var maxInstructions: String?

    @Option(
        name: .customLong("input"), parsing: .unconditional,
        help: ArgumentHelp("What the script's flows find in f.input.", valueName: "json"))
    var input: String?

    @Option(
        name: .customLong("progress"), parsing: .unconditional,
        help: ArgumentHelp(
            "Show how far uploads and scripts are: auto (on a terminal, else in the log) or never.", valueName: "when"))
    var progress: String?

    @Option(
        name: .customLong("metrics"), parsing: .unconditional,
        help: ArgumentHelp("Where to write counts and times of calls at exit, as Prometheus text.", valueName: "file"))
    var metrics: String?

    @Option(
        name: .customLong("max-output"), parsing: .unconditional,
        help: ArgumentHelp("Output of the script, logs included, such as 64MiB (default: 1GiB).", valueName: "size"))
    var maxOutput: String?
}
