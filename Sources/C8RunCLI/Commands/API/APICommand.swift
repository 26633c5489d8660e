import ArgumentParser

/// `c8run api`: the catalogue of the platform's interfaces.
struct APICommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "api",
            abstract: CommandMessage.api.text,
            subcommands: [
                APIListCommand.self, APIShowCommand.self, APICallCommand.self, APIImportCommand.self,
                APITypesCommand.self,
            ])
    }
}
