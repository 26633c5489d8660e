import ArgumentParser
import C8Platform

/// `c8run api show`: one entry of the catalogue, and all that is known of how it is called.
struct APIShowCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "show", abstract: CommandMessage.apiShow.text)
    }

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonObject))
    var json = false

    @OptionGroup var options: APIOptions

    @Argument(help: ArgumentHelp(.entry, valueName: "id"), completion: OperationCompletion.entries)
    var id: String

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let entry = try CatalogueLookup.entry(id)
        let bindings = try KnownBindings.load(options, in: context)
        let binding = bindings[entry.id]
        let reference = bindings.references[entry.id]
        if json {
            try ResultOutput.print(EntryDetails.json(entry, binding, reference))
        } else {
            try ResultOutput.print(EntryDetails.text(entry, binding, reference))
        }
        return ExitCode.done.number
    }
}
