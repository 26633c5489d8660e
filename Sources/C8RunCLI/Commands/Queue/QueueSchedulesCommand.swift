import ArgumentParser
import C8Platform
import C8Queue

/// `c8run queue schedules`: what comes again and again.
struct QueueSchedulesCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "schedules", abstract: CommandMessage.queueSchedules.text)
    }

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonArray))
    var json = false

    @OptionGroup var options: FlowOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let schedules = try await QueueSession.with(options, in: context) { queue in try await queue.schedules() }
        if json {
            try ResultOutput.print(.array(schedules.map { QueueJSON.json($0) }))
        } else {
            try ResultOutput.print(QueueText.table(schedules))
        }
        return ExitCode.done.number
    }
}
