import ArgumentParser
import C8Flow

/// `c8run flow forget`: removes a flow from the journal.
struct FlowForgetCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "forget",
            abstract: CommandMessage.flowForget.text)
    }

    @OptionGroup var options: FlowOptions

    @Argument(help: ArgumentHelp(.flow, valueName: "id"))
    var id: String

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        try await FlowSession.with(options, in: context) { journal in try await journal.forget(try FlowID(id)) }
        return ExitCode.done.number
    }
}
