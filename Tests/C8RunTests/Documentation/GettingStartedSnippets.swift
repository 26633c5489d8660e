import C8Run
import Logging
import Testing

/// The code of the article "Getting started", compiled and run.
@Suite struct GettingStartedSnippets {
    @Test func runsAScript() async throws {
        // snippet: run
        let host = ScriptHost()
        let result = try await host.run("return 6 * 7, 'done'")
        let (number, text) = try result.values(as: (Int, String).self)
        // end
        #expect(number == 42)
        #expect(text == "done")
    }

    @Test func capturesAndStreams() async throws {
        let host = ScriptHost()
        let script: Script = "print 'one' print 'two'"
        // snippet: output
        let captured = try await host.run(script, output: .capture)
        print(captured.standardOutput)

        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        async let result = host.run(script, output: .lines(to: continuation))
        for await line in lines { print("script:", line) }
        _ = try await result
        // end
        #expect(captured.standardOutput == "one\ntwo\n")
    }

    @Test func passesData() async throws {
        // snippet: data
        struct Order: LuaCodable {
            var id: Int64
            var lines: [Line]
            var note: String?

            struct Line: LuaCodable {
                var sku: String
                var quantity: Int
            }
        }

        let session = try await ScriptHost().session()
        try await session.run(
            "function heaviest(order) table.sort(order.lines, function(a, b) return a.quantity > b.quantity end) return order end"
        )
        let order = Order(id: 7, lines: [.init(sku: "A-1", quantity: 1), .init(sku: "B-2", quantity: 5)])
        let sorted = try await session.call("heaviest", as: Order.self, order)
        // end
        #expect(sorted.lines.first?.sku == "B-2")
        await session.close()
    }

    @Test func opensSessions() async throws {
        let host = ScriptHost()
        // snippet: session
        try await host.withSession { session in
            try await session.run("count = 1 function add(n) count = count + n return count end")
            try await session.set(global: "count", to: 40)
            let total = try await session.call("add", as: Int.self, 2)

            let add = try await session[global: "add"].function
            try await add?.call(total)

            do {
                try await session.run("while true do end", timeout: .milliseconds(50))
            } catch let error as ScriptError where error.kind == .timeLimit {
                print("stopped, and the session goes on")
            }
            print(try await session[global: "count"].integer ?? 0)
        }
        // end
    }

    @Test func usesThePlatform() async throws {
        let keychain: @Sendable () async throws -> String = { "secret" }
        // snippet: platform
        var configuration = ScriptHost.Configuration(logger: Logger(label: "orders"))
        configuration.use(
            PlatformConfiguration(
                profile: "factory", baseURL: "https://sapi.supercarrier8.com", accessKey: "key",
                secret: .secretKey { try await keychain() }, bindings: [.file("bindings.json")],
                state: .folder("/var/lib/orders"), dryRun: true))
        let host = ScriptHost(configuration: configuration)
        // end
        let profile = try await host.run("local c8 = require 'c8' return c8.profile, c8.dry_run")
        #expect(try profile.values(as: (String, Bool).self) == ("factory", true))
    }

    @Test func runsAsAService() async throws {
        let host = ScriptHost()
        // snippet: service
        let service = ScriptService(host, script: "while false do require 'c8.task'.sleep(60) end")
        try await service.run()
        // end
    }
}
