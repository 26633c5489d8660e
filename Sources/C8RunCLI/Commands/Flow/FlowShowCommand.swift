import ArgumentParser
import C8Flow

/// `c8run flow show`: one flow with its steps.
struct FlowShowCommand: CLICommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a flow and its steps: what is done, and what is in doubt.")

    @Flag(name: .customLong("json"), help: "Print a JSON object.")
    var json = false

    @OptionGroup var options: FlowOptions

    @Argument(help: ArgumentHelp("The flow's id.", valueName: "id"))
    var id: String

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let report = try await FlowSession.with(options, in: context) { journal in
            let id = try FlowID(id)
            guard let report = try await journal.show(id) else { throw FlowJournalError.unknownFlow(id) }
            return report
        }
        if json {
            try ResultOutput.print(FlowText.json(report))
        } else {
            try ResultOutput.print(FlowText.lines(report))
        }
        return ExitCode.done.number
    }
}
