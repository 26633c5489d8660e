import C8Run
import Logging
import Synchronization
import Testing

@Suite struct ProgressModuleTests {
    /// What is shown of a script.
    private func run(_ source: String) async throws -> [ProgressOutput.State] {
        let shown = Mutex<[ProgressOutput.State]>([])
        var configuration = ScriptHost.Configuration(standardOutput: { _ in }, logger: Logger(label: "test"))
        configuration.progress = ProgressOutput(interval: 0) { state in shown.withLock { $0.append(state) } }
        let script = Script(source: Array(("local progress = require 'c8.progress' " + source).utf8), name: "test.lua")
        _ = try await ScriptHost(configuration: configuration).run(script)
        return shown.withLock { $0 }
    }

    @Test func aBarTellsHowFarItIs() async throws {
        let states = try await run(
            "do local bar <close> = progress.bar{total = 4, label = 'orders'} bar:advance() bar:advance(2) end")
        #expect(states.map(\.done) == [1, 3, 3])
        #expect(states.map(\.fraction) == [0.25, 0.75, 0.75])
        #expect(states.map(\.isOver) == [false, false, true])
        #expect(states.allSatisfy { $0.label == "orders" })
    }

    @Test(arguments: ["bar:advance(1e300) bar:advance(1e308) bar:advance(1e308)", "bar:advance(0)"])
    func anyNumberIsShown(source: String) async throws {
        let log = ProgressOutput.log(Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let states = try await run("local bar = progress.bar{} " + source)
        #expect(!states.isEmpty)
        for state in states { log.show(state) }
    }

    @Test(
        arguments: [
            ("progress.bar{totl = 1}", "its options are: label, total"),
            ("progress.bar{total = -1}", "total must be a number from 0"),
            ("progress.bar():advance('x')", "a number from 0 expected"),
            ("progress.bar().advance({})", "a bar of c8.progress expected"),
        ] as [(String, String)])
    func mistakesAreNamed(source: String, part: String) async throws {
        do {
            _ = try await run(source)
            Issue.record("nothing was raised")
        } catch let error as ScriptError {
            #expect(error.message.contains(part))
        }
    }
}
