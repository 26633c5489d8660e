import ArgumentParser
import C8Flow

/// `c8run flow prune`: removes flows that finished long ago.
struct FlowPruneCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "prune", abstract: CommandMessage.flowPrune.text)
    }

    @Option(
        name: .customLong("days"), parsing: .unconditional,
        help: ArgumentHelp(.days, valueName: "n"))
    var days = 90.0

    @OptionGroup var options: FlowOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func validate() throws {
        guard days >= 0, days <= 100_000 else { throw ValidationError(MistakeMessage.days.text) }
    }

    func run(_ context: CommandContext) async throws -> Int32 {
        let count = try await FlowSession.with(options, in: context) { journal in
            try await journal.prune(finishedBefore: LogTime.secondsSince1970() - days * 86_400)
        }
        try ResultOutput.print("\(count) flows removed\n")
        return ExitCode.done.number
    }
}
