import ArgumentParser
import C8Platform

/// `c8run api list`: all entries of the catalogue, or those that match.
struct APIListCommand: CLICommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list", abstract: CommandMessage.apiList.text)
    }

    @Flag(name: .customLong("json"), help: ArgumentHelp(.jsonArray))
    var json = false

    @Flag(help: ArgumentHelp(.bound))
    var bound = false

    @OptionGroup var options: APIOptions

    @Argument(help: ArgumentHelp(.words, valueName: "word"))
    var words: [String] = []

    var errorPrinter: ErrorPrinter? { options.output.settings.printer }

    func run(_ context: CommandContext) async throws -> Int32 {
        let bindings = try KnownBindings.load(options, in: context)
        let entries = Catalogue.standard.entries.filter {
            CatalogueText.matches($0, words: words) && (!bound || bindings[$0.id] != nil)
        }
        if json {
            try ResultOutput.print(.array(entries.map { CatalogueText.json($0, bindings[$0.id]) }))
        } else {
            try ResultOutput.print(CatalogueText.table(entries))
        }
        return ExitCode.done.number
    }
}
