import ArgumentParser
import C8Platform
import C8Queue

/// `c8run queue list`: jobs, those that changed last first.
struct QueueListCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(commandName: "list", abstract: CommandMessage.queueList.text)
    }

    @Option(
        name: .customLong("state"), parsing: .unconditionalSingleValue, help: ArgumentHelp(.state, valueName: "state"))
    var states: [JobState] = []

    @Option(name: .customLong("tag"), parsing: .unconditional, help: ArgumentHelp(.tagFilter, valueName: "tag"))
    var tag: String?

    @Flag(name: .customLong("dead"), help: ArgumentHelp(.dead))
    var dead = false

    @Option(name: .customLong("limit"), parsing: .unconditional, help: ArgumentHelp(.limit, valueName: "n"))
    var limit = 1000

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonArray))
    var json = false

    @OptionGroup var options: FlowOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func validate() throws {
        guard (1...1_000_000).contains(limit) else { throw ValidationError(MistakeMessage.limit.text) }
    }

    func run(_ context: CommandContext) async throws -> Int32 {
        var wanted = Set(states.isEmpty && !dead ? JobState.allCases : states)
        if dead { wanted.formUnion(JobState.allCases.filter(\.isDeadLetter)) }
        let filter = JobFilter(states: wanted, tag: tag, limit: limit)
        let jobs = try await QueueSession.with(options, in: context) { queue in try await queue.list(filter) }
        if json {
            try ResultOutput.print(.array(jobs.map { QueueJSON.json($0) }))
        } else {
            try ResultOutput.print(QueueText.table(jobs, now: LogTime.secondsSince1970()))
        }
        return ExitCode.done.number
    }
}
