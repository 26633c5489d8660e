import ArgumentParser
import C8Flow
import C8Platform
import C8Store

/// `c8run flow list`: flows, those that changed last first.
struct FlowListCommand: CLICommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List flows, those that changed last first.")

    @Flag(name: .customLong("json"), help: "Print a JSON array.")
    var json = false

    @Flag(name: .customLong("open"), help: "Only flows with a step that may have to be resolved.")
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
