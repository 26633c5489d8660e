import ArgumentParser
import C8Flow

/// `c8run flow forget`: removes a flow from the journal.
struct FlowForgetCommand: CLICommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Remove a flow and its steps from the journal: run again, it does everything again.")

    @OptionGroup var options: FlowOptions

    @Argument(help: ArgumentHelp("The flow's id.", valueName: "id"))
    var id: String

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        try await FlowSession.with(options, in: context) { journal in try await journal.forget(try FlowID(id)) }
        return ExitCode.done.number
    }
}
