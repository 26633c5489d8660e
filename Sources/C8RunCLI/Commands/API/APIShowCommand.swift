import ArgumentParser
import C8Platform

/// `c8run api show`: one entry of the catalogue.
struct APIShowCommand: CLICommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one entry of the catalogue.")

    @Flag(name: .customLong("json"), help: "Print a JSON object.")
    var json = false

    @Argument(help: ArgumentHelp("The entry, such as production.orders.create.", valueName: "id"))
    var id: String

    func run(_ context: CommandContext) async throws -> Int32 {
        guard let entry = Catalogue.standard[OperationID(id)] else {
            let nearest = Catalogue.standard.nearest(to: id, limit: 3).map(\.rawValue)
            let hint =
                nearest.isEmpty ? "; c8run api list has them all" : "; near it: " + nearest.joined(separator: ", ")
            throw UsageError("the catalogue has no entry \"\(id)\"\(hint)")
        }
        if json {
            try ResultOutput.print(CatalogueText.json(entry))
        } else {
            try ResultOutput.print(CatalogueText.details(entry))
        }
        return ExitCode.done.number
    }
}
