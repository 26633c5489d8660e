import ArgumentParser
import C8Check
import C8Platform
import C8Run

/// `c8run check`: scripts are judged without being run.
struct CheckCommand: CLICommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Judge scripts without running them.",
        discussion: """
            Syntax, names that nothing defines or uses, modules and their functions, operations and the bodies of calls, and \
            the grants that a script needs. Of a folder, all of its .lua files are checked; - reads standard input. Operations \
            are held against the profile's bindings, those of --bindings, or the emulator's.

            Ends with 0 where there is neither an error nor a warning, else with 65.
            """)

    @Option(parsing: .unconditional, help: ArgumentHelp("How to print: text, json or sarif.", valueName: "format"))
    var format: CheckFormat = .text

    @Flag(help: "Warn also of hidden variables, assigned globals, and operations while there are no bindings.")
    var strict = false

    @Option(
        name: .customLong("with"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("Run a further checker and merge what it finds: luacheck.", valueName: "program"))
    var companions: [CheckCompanion] = []

    @OptionGroup var options: APIOptions

    @Argument(help: ArgumentHelp("The scripts and folders.", valueName: "path"))
    var paths: [String]

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let bindings = try KnownBindings.load(options, in: context)
        let settings = CheckSettings(
            bindings: bindings, hasBindings: Self.isBound(bindings), types: TypeLibrary(files: EmbeddedLibrary.types),
            isStrict: strict)
        let (scripts, problems) = ScriptFinder.find(paths)
        var results = scripts.map { script in
            CheckResult(
                name: script.name, bytes: script.source.bytes, report: ScriptCheck.check(script.source, settings))
        }
        for companion in companions { try await companion.merge(into: &results) }
        try print(results, in: context)
        for problem in problems { options.output.settings.printer.print(ErrorReport(problem.description)) }
        if !problems.isEmpty { return ExitCode.unreadable.number }
        let fails = results.contains { $0.report.findings.contains { $0.severity > .information } }
        return fails ? ExitCode.compile.number : ExitCode.done.number
    }

    private func print(_ results: [CheckResult], in context: CommandContext) throws {
        switch format {
        case .text:
            let isTerminal = OutputStream.standardOutput.isTerminal
            let usesColor = options.output.color.isEnabled(
                onTerminal: isTerminal, environment: context.loader.folders.environment)
            try ResultOutput.print(CheckText(usesColor: usesColor).text(results))
        case .json: try ResultOutput.print(CheckJSON.json(results))
        case .sarif: try ResultOutput.print(SARIF(folder: context.loader.folders.workingDirectory).json(results))
        }
    }

    /// Whether anybody has said of any operation how it is called.
    private static func isBound(_ bindings: BindingSet) -> Bool {
        Catalogue.standard.operations.contains { bindings[$0.id] != nil && BuiltInBindings.standard[$0.id] == nil }
    }
}
