import ArgumentParser
import C8Client

/// `c8run token refresh`: fetches a new token, as soon as the platform's rule of one a minute allows it.
struct TokenRefreshCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "refresh", abstract: CommandMessage.tokenRefresh.text)
    }

    @OptionGroup var options: TokenOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        try await TokenSession.with(options, in: context) { tokens in try await tokens.refresh() }
        return ExitCode.done.number
    }
}
