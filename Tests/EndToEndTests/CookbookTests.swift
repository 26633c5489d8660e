import C8Emulator
import Foundation
import ScriptedServer
import Testing

/// Every task of the cookbook, as it stands on the page.
@Suite struct CookbookTests {
    private static let recipes: [Recipe] = {
        let page = CommandRun.project.appendingPathComponent("docs/cookbook.md")
        return Recipe.all(in: (try? String(contentsOf: page, encoding: .utf8)) ?? "")
    }()

    @Test func thereAreFifteenOrMore() {
        #expect(Self.recipes.count >= 15)
        for recipe in Self.recipes {
            #expect(!recipe.commands.isEmpty && !recipe.output.isEmpty, "\(recipe.title)")
            #expect(recipe.files.keys.contains { $0.hasSuffix(".lua") }, "\(recipe.title)")
        }
    }

    @Test(arguments: recipes)
    func recipePrintsWhatThePageShows(_ recipe: Recipe) async throws {
        // The other system of the recipe that asks one.
        let stock = try await ScriptedServer.start { moment in
            guard case .request(let request) = moment else { return .goOn }
            return request.line.hasPrefix("GET /stock?sku=SKU-1001 ")
                ? .answer(body: Array(#"{"stock":42}"#.utf8)) : .answer("404 Not Found")
        }
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0)) { surroundings in
            for (name, text) in recipe.files { _ = try surroundings.folder.file(name, text) }
            let more = ["ERP_URL": stock.url(""), "ERP_HOST": "127.0.0.1:\(stock.port)"]
            let run = try await CommandRun.shell(
                recipe.commands, environment: surroundings.environment.merging(more) { $1 }, folder: surroundings.folder
            )
            #expect(run.output == recipe.output, "\(run.errors)")
            #expect(run.status == 0, "\(run.errors)")
        }
        await stock.stop()
    }
}
