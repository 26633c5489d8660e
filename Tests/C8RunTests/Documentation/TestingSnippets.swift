import C8Run
import Testing

/// The code of the article "Testing scripts and modules", compiled and run.
@Suite struct TestingSnippets {
    // snippet: test
    @Test func priceIsThatOfTheWarehouse() async throws {
        let warehouse = ScriptModule("warehouse") { module in
            module.function("price") { (sku: String) in sku == "A-1" ? 2.5 : 4 }
        }
        let host = ScriptHost(configuration: ScriptHost.Configuration(modules: [warehouse]))
        try await host.withSession { session in
            try await session.run("function total(sku, n) return require 'warehouse'.price(sku) * n end")
            #expect(try await session.call("total", as: Double.self, "A-1", 3) == 7.5)
        }
    }
    // end

    // snippet: errors
    @Test func mistakesNameTheArgument() async throws {
        let module = ScriptModule("orders") { $0.function("create") { (id: Int, note: String?) in "\(id)" } }
        let host = ScriptHost(configuration: ScriptHost.Configuration(modules: [module]))
        let error = await #expect(throws: ScriptError.self) { try await host.run("require 'orders'.create(1, {})") }
        #expect(error?.message == "(script):1: bad argument #2 to 'create' (string expected, got table)")
    }
    // end
}
