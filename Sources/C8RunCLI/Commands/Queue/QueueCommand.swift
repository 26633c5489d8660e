import ArgumentParser

/// `c8run queue`: the scripts that wait for workers.
struct QueueCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "queue", abstract: CommandMessage.queue.text,
            subcommands: [
                QueueListCommand.self, QueueShowCommand.self, QueueCancelCommand.self, QueueRetryCommand.self,
                QueuePruneCommand.self, QueueSchedulesCommand.self,
            ])
    }
}
