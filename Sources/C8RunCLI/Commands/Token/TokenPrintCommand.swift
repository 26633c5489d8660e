import ArgumentParser
import C8Client
import C8Platform

/// `c8run token print`: the one command that shows the token.
struct TokenPrintCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "print", abstract: CommandMessage.tokenPrint.text,
            discussion: DiscussionMessage.tokenPrint.text)
    }

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonObject))
    var json = false

    @OptionGroup var options: TokenOptions

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let value = try await TokenSession.with(options, in: context, storeUse: .goesOnWithout) { tokens in
            try await tokens.token().value.revealForOperator()
        }
        if json {
            try ResultOutput.print(["access_token": .string(value)] as JSONValue)
        } else {
            try ResultOutput.print(value + "\n")
        }
        return ExitCode.done.number
    }
}
