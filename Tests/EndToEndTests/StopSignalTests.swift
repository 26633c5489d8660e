import C8Emulator
import C8Platform
import Foundation
import Testing

/// A signal while a write is under way: it is awaited, and what became of it is told.
@Suite struct StopSignalTests {
    private static let script = """
        local _ <close> = setmetatable({}, {__close = function() print("closed") end})
        c8.production.orders.create{orderNo = "Q", productCode = "S", quantity = 1}
        print("not reached")
        """

    /// - Parameter times: how many signals come while the write is under way.
    private func run(
        faults: [Fault], times: Int = 1, options: [String] = []
    ) async throws -> (run: CommandRun, performed: Int) {
        let emulator = try await Emulator.start(EmulatorConfiguration(faults: faults))
        let folder = try Folder()
        let bindings = try folder.file("bindings.json", String(decoding: emulator.bindingsJSON, as: UTF8.self))
        let run = try await CommandRun.c8run(
            ["--bindings", bindings] + options + ["-e", Self.script],
            environment: [
                "C8_BASE_URL": emulator.baseURL, "C8_ACCESS_KEY": emulator.accessKey,
                "C8_SECRET_KEY": emulator.secretKey, "C8_STATE": folder.url.path + "/state",
            ],
            whileRunning: { process in
                while emulator.requestLog.calls["production.orders.create"] == nil, process.isRunning {
                    try await Task.sleep(for: .milliseconds(5))
                }
                for _ in 0..<times { process.terminate() }
            })
        let performed = emulator.requestLog.records.filter {
            $0.operation == "production.orders.create" && $0.isPerformed
        }
        await emulator.stop()
        return (run, performed.count)
    }

    @Test func writeIsAwaited() async throws {
        let (run, performed) = try await run(faults: [Fault(.slow(1))])
        #expect(run.status == 143)
        #expect(run.output == "closed\n")
        #expect(run.errors.contains("a call that was under way when the script was stopped has ended"), "\(run.errors)")
        #expect(run.errors.contains("outcome=done"), "\(run.errors)")
        #expect(performed == 1)
    }

    /// No signal: the script's own time is over.
    @Test func writeIsAwaitedAlsoWhenTheTimeIsOver() async throws {
        let (run, performed) = try await run(
            faults: [Fault(.slow(5), on: "production.orders.create")], times: 0, options: ["--timeout", "4s"])
        #expect(run.status != 0 && !run.output.contains("not reached"))
        #expect(run.errors.contains("outcome=done"), "\(run.errors)")
        #expect(performed == 1)
    }

    @Test func secondSignalWaitsForNothing() async throws {
        let began = ContinuousClock.now
        let (run, _) = try await run(faults: [Fault(.slow(300))], times: 50)
        #expect(run.status != 0)
        #expect(ContinuousClock.now - began < .seconds(60))
    }
}
