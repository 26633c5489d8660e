import ArgumentParser
import C8RunTesting

/// The options of `c8run test` for help and completions. `TestOption.all` and `RunOption.all` read them.
struct TestOptions: ParsableArguments {
    @Option(
        name: .customLong("filter"), parsing: .unconditional,
        help: ArgumentHelp(.filter, valueName: "text"))
    var filter: String?

    @Flag(name: .customLong("list"), help: ArgumentHelp(.testList))
    var list = false

    @Option(
        name: .customLong("jobs"), parsing: .unconditional,
        help: ArgumentHelp(.jobs, valueName: "n"))
    var jobs: String?

    @Flag(name: .customLong("fail-fast"), help: ArgumentHelp(.failFast))
    var failFast = false

    @Option(
        name: .customLong("shuffle"), parsing: .unconditional,
        help: ArgumentHelp(.shuffle, valueName: "seed"))
    var shuffle: String?

    @Option(
        name: .customLong("format"), parsing: .unconditional,
        help: ArgumentHelp(.testFormat, valueName: "format"),
        completion: .list(TestReport.allCases.map(\.rawValue)))
    var format: String?

    @Option(
        name: .customLong("output"), parsing: .unconditional,
        help: ArgumentHelp(.report, valueName: "file"), completion: .file())
    var reportFile: String?

    @Option(
        name: .customLong("coverage"), parsing: .unconditional,
        help: ArgumentHelp(.coverage, valueName: "file"), completion: .file())
    var coverage: String?

    @Option(
        name: .customLong("timeout"), parsing: .unconditional,
        help: ArgumentHelp(.testTimeout, valueName: "duration"))
    var timeout: String?

    @Option(
        name: .customLong("max-memory"), parsing: .unconditional,
        help: ArgumentHelp(.testMaxMemory, valueName: "size"))
    var maxMemory: String?

    @Option(
        name: .customLong("max-instructions"), parsing: .unconditional,
        help: ArgumentHelp(.testMaxInstructions, valueName: "n"))
    var maxInstructions: String?

    @Option(
        name: .customLong("max-output"), parsing: .unconditional,
        help: ArgumentHelp(.testMaxOutput, valueName: "size"))
    var maxOutput: String?

    @Flag(
        name: .customLong("dry-run"),
        help: ArgumentHelp(.testDryRun))
    var dryRun = false
}
