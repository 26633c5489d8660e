import ArgumentParser
import C8Queue
import C8Run

/// `c8run queue cancel`: takes a job back, or ends a schedule.
struct QueueCancelCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "cancel", abstract: CommandMessage.queueCancel.text)
    }

    @OptionGroup var options: FlowOptions

    @Argument(help: ArgumentHelp(.job, valueName: "id"), completion: JobCompletion.jobs)
    var id: String

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let id = try JobID(id)
        let (isSchedule, state) = try await QueueSession.with(options, in: context) { queue in
            let isSchedule = try await queue.schedules().contains { $0.request.id == id }
            return (isSchedule, try await queue.cancel(id, at: LogTime.secondsSince1970()))
        }
        let message: QueueMessage = isSchedule ? .scheduleEnded : state == .running ? .asked : .cancelled
        try ResultOutput.print(message.text(["id": ShellText.quoted(id.text)]) + "\n")
        return ExitCode.done.number
    }
}
