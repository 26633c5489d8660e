import C8Run
import C8RunTesting
import Logging
import Testing

/// Filters, lists, orders by chance, and files side by side.
struct SelectionTests {
    private static let source =
        "describe('orders', function() it('are made', error) it('are sold', function() end) end)"

    static let filters: [(filter: String, lines: [String])] = [
        ("orders are sold", ["passed orders › are sold"]), ("orders › are sold", ["passed orders › are sold"]),
        ("sold", ["passed orders › are sold"]), ("nothing", []),
    ]

    @Test(arguments: filters.indices) func aFilterChoosesByName(_ index: Int) async throws {
        let (filter, lines) = Self.filters[index]
        #expect(try await Trial.run(Self.source) { $0.filter = filter }.lines == lines)
    }

    @Test func listingRunsNothing() async throws {
        let trial = try await Trial.run(Self.source) { $0.listsOnly = true }
        #expect(trial.lines == ["todo orders › are made", "todo orders › are sold"])
    }

    @Test func theSameSeedGivesTheSameOrder() async throws {
        let source = "for i = 1, 12 do it('t' .. i, function() print(i) end) end"
        func order(_ seed: UInt64?) async throws -> [String] {
            let result = try await Trial.run(source) { $0.shuffleSeed = seed }.result
            return result.tests.map(\.name)
        }
        let straight = try await order(nil)
        #expect(straight == (1...12).map { "t\($0)" })
        let shuffled = try await order(7)
        #expect(shuffled != straight)
        #expect(Set(shuffled) == Set(straight))
    }

    @Test func filesRunSideBySideAndAreReportedInOrder() async {
        let host = ScriptHost.Configuration(
            standardOutput: { _ in }, logger: Logger(label: "x", factory: { _ in SwiftLogNoOpLogHandler() }))
        var configuration = TestRunner.Configuration(host: host)
        configuration.jobs = 4
        let files = (0..<8).map { index in
            let pause = Double(8 - index) / 100
            return TestFile(
                path: "f\(index)_test.lua",
                source: Array(
                    "require('c8.test').it('t', function() require('c8.task').sleep(\(pause)) end)".utf8))
        }
        let (reports, told) = AsyncStream.makeStream(of: String.self)
        let result = await TestRunner(configuration).run(files) { told.yield($0.path) }
        told.finish()
        var order: [String] = []
        for await path in reports { order.append(path) }
        #expect(order == files.map(\.path))
        #expect(result.files.map(\.path) == order && result.filesLeft == 0)
        let problems = result.files.flatMap { $0.problems } + result.tests.compactMap(\.failure)
        #expect(result.failures == 0, "\(problems)")
    }
}
