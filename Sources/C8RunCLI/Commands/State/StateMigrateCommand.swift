import ArgumentParser

/// `c8run state migrate`: brings the tables to this program's version.
struct StateMigrateCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "migrate", abstract: CommandMessage.stateMigrate.text)
    }

    @OptionGroup var options: FlowOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let (from, to) = try await StateSession(options, in: context).migrate()
        let line =
            from == to
            ? "the tables are of version \(to) already\n"
            : from == 0 ? "made the tables, of version \(to)\n" : "brought the tables from version \(from) to \(to)\n"
        try ResultOutput.print(line)
        return ExitCode.done.number
    }
}
