import ArgumentParser
import C8Queue

/// `c8run queue show`: all that is known of one job.
struct QueueShowCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "show", abstract: CommandMessage.queueShow.text)
    }

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonObject))
    var json = false

    @OptionGroup var options: FlowOptions

    @Argument(help: ArgumentHelp(.job, valueName: "id"), completion: JobCompletion.jobs)
    var id: String

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let id = try JobID(id)
        let report = try await QueueSession.with(options, in: context) { queue in
            guard let report = try await queue.show(id) else { throw JobQueueError.unknownJob(id) }
            return report
        }
        if json {
            try ResultOutput.print(QueueJSON.json(report))
        } else {
            try ResultOutput.print(QueueText.lines(report, now: LogTime.secondsSince1970()))
        }
        return ExitCode.done.number
    }
}
