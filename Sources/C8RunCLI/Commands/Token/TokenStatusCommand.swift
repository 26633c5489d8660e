import ArgumentParser
import C8Client
import C8Platform

/// `c8run token status`: age, expiry and next refresh of the cached token, and who has the slot for the next one. Fetches
/// nothing.
struct TokenStatusCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "status",
            abstract: CommandMessage.tokenStatus.text)
    }

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonObject))
    var json = false

    @OptionGroup var options: TokenOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let status = try await TokenSession.with(options, in: context) { tokens in try await tokens.status() }
        if json {
            try ResultOutput.print(TokenStatusText.json(status))
        } else {
            try ResultOutput.print(TokenStatusText.lines(status, now: LogTime.secondsSince1970()))
        }
        return ExitCode.done.number
    }
}
