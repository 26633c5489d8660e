import ArgumentParser

/// `c8run api`: the catalogue of the platform's interfaces.
struct APICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api",
        abstract: "List, show, call and import the platform's interfaces.",
        subcommands: [
            APIListCommand.self, APIShowCommand.self, APICallCommand.self, APIImportCommand.self,
            APITypesCommand.self,
        ])
}
