import ArgumentParser

/// `c8run state status`: where the state is, its version and what is in it.
struct StateStatusCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "status", abstract: CommandMessage.stateStatus.text)
    }

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonObject))
    var json = false

    @OptionGroup var options: FlowOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let status = try await StateSession(options, in: context).status()
        if json {
            try ResultOutput.print(status.json)
        } else {
            try ResultOutput.print(status.text)
        }
        return ExitCode.done.number
    }
}
