import ArgumentParser
import C8Check
import C8Platform
import C8Run

/// `c8run check`: scripts are judged without being run.
struct CheckCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "check",
            abstract: CommandMessage.check.text,
            discussion: DiscussionMessage.check.text)
    }

    @Option(parsing: .unconditional, help: ArgumentHelp(.checkFormat, valueName: "format"))
    var format: CheckFormat = .text

    @Flag(help: ArgumentHelp(.strict))
    var strict = false

    @Option(
        name: .customLong("with"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.companion, valueName: "program"))
    var companions: [CheckCompanion] = []

    @OptionGroup var options: APIOptions

    @Argument(help: ArgumentHelp(.scripts, valueName: "path"), completion: .file(extensions: ["lua"]))
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
