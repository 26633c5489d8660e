import ArgumentParser

/// `c8run token`: the cached access token.
struct TokenCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "token",
            abstract: CommandMessage.token.text,
            subcommands: [
                TokenStatusCommand.self, TokenRefreshCommand.self, TokenClearCommand.self, TokenPrintCommand.self,
            ])
    }
}
