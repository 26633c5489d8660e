import ArgumentParser
import C8Queue

/// `c8run queue prune`: removes jobs that ended long ago.
struct QueuePruneCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "prune", abstract: CommandMessage.queuePrune.text)
    }

    @Option(name: .customLong("before"), parsing: .unconditional, help: ArgumentHelp(.before, valueName: "when"))
    var before: JobAge

    @Option(
        name: .customLong("state"), parsing: .unconditionalSingleValue,
        help: ArgumentHelp(.pruneState, valueName: "state"))
    var states: [JobState] = []

    @OptionGroup var options: FlowOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func validate() throws {
        guard states.allSatisfy(\.isFinal) else {
            throw ValidationError(MistakeMessage.notEnded.text)
        }
    }

    func run(_ context: CommandContext) async throws -> Int32 {
        // Dead letters are kept unless they are named: somebody should have looked at them.
        let wanted: Set<JobState> = states.isEmpty ? [.done, .cancelled] : Set(states)
        let time = before.seconds(now: LogTime.secondsSince1970())
        let count = try await QueueSession.with(options, in: context) { queue in
            try await queue.prune(endedBefore: time, states: wanted)
        }
        try ResultOutput.print(QueueMessage.pruned.text(["count": "\(count)"]) + "\n")
        return ExitCode.done.number
    }
}
