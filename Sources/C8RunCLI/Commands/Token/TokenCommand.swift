import ArgumentParser

/// `c8run token`: the cached access token.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Show, renew or forget the cached access token.",
        subcommands: [
            TokenStatusCommand.self, TokenRefreshCommand.self, TokenClearCommand.self, TokenPrintCommand.self,
        ])
}
