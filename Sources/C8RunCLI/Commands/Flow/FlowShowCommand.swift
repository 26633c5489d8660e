import ArgumentParser
import C8Flow

/// `c8run flow show`: one flow with its steps.
struct FlowShowCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: CommandMessage.flowShow.text)
    }

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonObject))
    var json = false

    @OptionGroup var options: FlowOptions

    @Argument(help: ArgumentHelp(.flow, valueName: "id"))
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
