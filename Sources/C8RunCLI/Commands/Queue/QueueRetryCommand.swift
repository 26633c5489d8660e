import ArgumentParser
import C8Queue

/// `c8run queue retry`: puts a dead letter back.
struct QueueRetryCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "retry", abstract: CommandMessage.queueRetry.text,
            discussion: DiscussionMessage.queueRetry.text)
    }

    @Flag(name: .customLong("even-if-written"), help: ArgumentHelp(.evenIfWritten))
    var evenIfWritten = false

    @OptionGroup var options: FlowOptions

    @Argument(help: ArgumentHelp(.job, valueName: "id"), completion: JobCompletion.jobs)
    var id: String

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let id = try JobID(id)
        let evenIfWritten = evenIfWritten
        try await QueueSession.with(options, in: context) { queue in
            try await queue.retry(id, evenIfWritten: evenIfWritten, at: LogTime.secondsSince1970())
        }
        try ResultOutput.print(QueueMessage.retried.text + "\n")
        return ExitCode.done.number
    }
}
