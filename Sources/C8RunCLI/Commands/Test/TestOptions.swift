import ArgumentParser

/// The options of `c8run test` for help and completions. `TestOption.all` and `RunOption.all` read them.
struct TestOptions: ParsableArguments {
    @Option(
        name: .customLong("filter"), parsing: .unconditional,
        help: ArgumentHelp("Run only tests whose file and names hold this text.", valueName: "text"))
    var filter: String?

    @Flag(name: .customLong("list"), help: "List the tests, and run none.")
    var list = false

    @Option(
        name: .customLong("jobs"), parsing: .unconditional,
        help: ArgumentHelp("Files at a time (default: one for each processor).", valueName: "n"))
    var jobs: String?

    @Flag(name: .customLong("fail-fast"), help: "Begin no test after the first failure.")
    var failFast = false

    @Option(
        name: .customLong("shuffle"), parsing: .unconditional,
        help: ArgumentHelp("Run files and tests in an order that follows from this number.", valueName: "seed"))
    var shuffle: String?

    @Option(
        name: .customLong("format"), parsing: .unconditional,
        help: ArgumentHelp("The report: text, tap or junit (default: text).", valueName: "format"))
    var format: String?

    @Option(
        name: .customLong("output"), parsing: .unconditional,
        help: ArgumentHelp("Where to write it; standard output then has the text.", valueName: "file"))
    var reportFile: String?

    @Option(
        name: .customLong("coverage"), parsing: .unconditional,
        help: ArgumentHelp("Count the lines of scripts that run, and write them as LCOV.", valueName: "file"))
    var coverage: String?

    @Option(
        name: .customLong("timeout"), parsing: .unconditional,
        help: ArgumentHelp("Time for a test that says nothing else (default: 10s).", valueName: "duration"))
    var timeout: String?

    @Option(
        name: .customLong("max-memory"), parsing: .unconditional,
        help: ArgumentHelp("Memory for each file of tests, such as 64MiB (default: 512MiB).", valueName: "size"))
    var maxMemory: String?

    @Option(
        name: .customLong("max-instructions"), parsing: .unconditional,
        help: ArgumentHelp("Lua instructions for each file (default: no limit).", valueName: "n"))
    var maxInstructions: String?

    @Option(
        name: .customLong("max-output"), parsing: .unconditional,
        help: ArgumentHelp("Output of each file, logs included (default: 1GiB).", valueName: "size"))
    var maxOutput: String?

    @Flag(
        name: .customLong("dry-run"),
        help: "With a platform that is named: log operations that would change something instead of sending them.")
    var dryRun = false
}
