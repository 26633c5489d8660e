import ArgumentParser
import C8Client

/// `c8run token clear`: forgets the cached token. When the last one was fetched is kept, so the interval still holds.
struct TokenClearCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "clear", abstract: CommandMessage.tokenClear.text)
    }

    @OptionGroup var options: TokenOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        try await TokenSession.with(options, in: context) { tokens in try await tokens.clear() }
        return ExitCode.done.number
    }
}
