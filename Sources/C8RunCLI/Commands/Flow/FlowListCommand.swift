import ArgumentParser
import C8Flow
import C8Platform
import C8Store

/// `c8run flow list`: flows, those that changed last first.
struct FlowListCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: CommandMessage.flowList.text)
    }

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonArray))
    var json = false

    @Flag(name: .customLong("open"), help: ArgumentHelp(.open))
    var openOnly = false

    @OptionGroup var options: FlowOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let (flows, aside) = try await FlowSession.with(options, in: context) { journal in
            (
                try await journal.list(FlowFilter(openOnly: openOnly)),
                (journal as? SQLiteFlowJournal)?.movedAside ?? []
            )
        }
        if json {
            try ResultOutput.print(.array(flows.map(FlowText.json)))
        } else {
            try ResultOutput.print(FlowText.table(flows, movedAside: aside))
        }
        return ExitCode.done.number
    }
}
