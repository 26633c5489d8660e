import ArgumentParser
import C8Check
import C8Platform
import C8Run
import LuaSyntax

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
                name: script.name, bytes: script.source.bytes,
                report: Self.compiled(script.source, ScriptCheck.check(script.source, settings)))
        }
        let folder = context.loader.folders.workingDirectory
        for companion in companions { try await companion.merge(into: &results, folder: folder) }
        try print(results, in: context)
        for problem in problems {
            options.output.settings.printer.print(ErrorReport(problem.description).ending(.unreadable))
        }
        if !problems.isEmpty { return ExitCode.unreadable.number }
        let fails = results.contains { $0.report.findings.contains { $0.severity > .information } }
        return fails ? ExitCode.compile.number : ExitCode.done.number
    }

    /// The report with what Lua's own compiler says where the text is right by the language, but too much for it.
    private static func compiled(_ source: CheckSource, _ report: CheckReport) -> CheckReport {
        guard !report.findings.contains(where: { $0.rule == .syntax }),
            let refusal = Script(source: source.bytes, name: source.name).refusal
        else { return report }
        var report = report
        let place = ScriptPlace(frame: refusal)
        let message = place.map { String(refusal.dropFirst("\($0): ".count)) } ?? refusal
        let lines = LuaLines(source.bytes)
        let start = lines.range(ofLine: place?.line ?? 1).start
        report.findings.insert(
            CheckFinding(
                rule: .syntax, severity: .error, message: message, file: source.name, range: LuaRange(start, start),
                start: lines.position(of: start), end: lines.position(of: start), hint: nil, subject: nil), at: 0)
        return report
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
