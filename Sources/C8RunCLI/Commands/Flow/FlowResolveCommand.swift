import ArgumentParser
import C8Flow
import C8Platform
import Glibc

/// `c8run flow resolve`: what a person found out about a step in doubt.
struct FlowResolveCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "resolve",
            abstract: CommandMessage.flowResolve.text,
            discussion: DiscussionMessage.flowResolve.text)
    }

    @Option(
        name: .customLong("done"), parsing: .unconditional,
        help: ArgumentHelp(.done, valueName: "json"))
    var done: String?

    @Flag(name: .customLong("retry"), help: ArgumentHelp(.retry))
    var retry = false

    @OptionGroup var options: FlowOptions

    @Argument(help: ArgumentHelp(.flow, valueName: "id"))
    var id: String

    @Argument(help: ArgumentHelp(.step, valueName: "step"))
    var step: String

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func validate() throws {
        guard (done != nil) != retry else {
            throw ValidationError(MistakeMessage.doneOrRetry.text)
        }
    }

    func run(_ context: CommandContext) async throws -> Int32 {
        let settlement = try self.settlement()
        let name = context.loader.folders.environment("USER") ?? context.loader.folders.environment("LOGNAME")
        let replaced = try await FlowSession.with(options, in: context) { journal in
            let id = try FlowID(id)
            return try await journal.resolve(
                id, try StepKey(text: step), as: settlement, by: name ?? "user \(getuid())",
                at: LogTime.secondsSince1970())
        }
        if let replaced {
            try ResultOutput.print(
                "replaced: --\(replaced.choice.rawValue), said by \(replaced.operatorName) at \(FlowText.time(replaced.at)); "
                    + "no run had seen it. Now: --\(settlement.choice.rawValue)\n")
        }
        return ExitCode.done.number
    }

    private func settlement() throws(UsageError) -> StepSettlement {
        guard let done else { return .retry }
        do {
            let value = try JSONParser.parse(Array(done.utf8))
            return .done(String(decoding: try JSONSerializer.serialize(value), as: UTF8.self))
        } catch {
            throw UsageError(.notJSON, ["name": "--done", "problem": "\(error)"])
        }
    }
}
