import C8Emulator
import Foundation
import Testing

/// `--metrics` in the real binary, behind the kernel's wall.
@Suite struct MetricsTests {
    private static let calls = """
        local order = {orderNo = 'Q-1', productCode = 'S', quantity = 1}
        c8.production.orders.create(order)
        pcall(c8.production.orders.create, order)
        """

    @Test(arguments: [
        ("", 0, [#"c8run_calls_total{operation="production.orders.create",result="ok"} 1"#]),
        (
            "", 0,
            [
                #"c8run_calls_total{operation="production.orders.create",result="api"} 1"#,
                #"c8run_token_fetches_total{result="ok"} 1"#, "c8run_exit_status 0",
                #"c8run_call_duration_seconds_count{operation="production.orders.create"} 2"#,
            ]
        ),
        ("os.exit(7)", 7, ["c8run_exit_status 7"]),
        ("error('x')", 1, ["c8run_exit_status 1"]),
        ("while true do end", 124, ["c8run_exit_status 124", #"c8run_limit_stops_total{limit="time"} 1"#]),
    ])
    func fileTellsHowTheRunWent(end: String, status: Int32, lines: [String]) async throws {
        let folder = try Folder()
        // What was there before is replaced, though it be longer.
        let file = try folder.file("m.prom", String(repeating: "old\n", count: 5000))
        let run = try await CommandRun.c8run(
            "--emulator", "--timeout", "5s", "--metrics", file, "-e", "\(Self.calls) \(end)")
        #expect(run.status == status)
        let written = try folder.read("m.prom").split(separator: "\n").map(String.init)
        #expect(!written.contains("old"))
        for line in lines { #expect(written.contains(line), "\(written)") }
    }

    /// Somebody waits once for the slot, though he looks at it many times.
    @Test func waitForATokenIsCountedOnce() async throws {
        // Where the machine takes longer for three commands than the slot lasts there is nothing to wait for, and so nothing to see.
        for interval in [2, 8, 32] {
            guard let written = try await metricsOfAWait(interval) else { continue }
            #expect(written.contains("c8run_token_wait_seconds_count 1"), "\(written)")
            return
        }
        Issue.record("three commands took longer than half a minute")
    }

    /// The metrics of a script that asks for a token just after another one was given; nil where the interval between them was over.
    private func metricsOfAWait(_ interval: Int) async throws -> [String]? {
        let emulator = try await Emulator.start(EmulatorConfiguration(tokenInterval: Double(interval)))
        let folder = try Folder()
        let environment = [
            "C8_BASE_URL": emulator.baseURL, "C8_ACCESS_KEY": emulator.accessKey, "C8_SECRET_KEY": emulator.secretKey,
            "C8_STATE": folder.url.path + "/state", "C8_TOKEN_INTERVAL": "\(interval)",
        ]
        let start = ContinuousClock.now
        for command in ["refresh", "clear"] {
            try await CommandRun.c8run("token", command, environment: environment)
        }
        let run = try await CommandRun.c8run(
            "--metrics", folder.url.path + "/m.prom", "-e", "require 'c8.token'.refresh()", environment: environment)
        let isOver = ContinuousClock.now - start >= .seconds(interval)
        await emulator.stop()
        #expect(run.status == 0, "\(run.errors)")
        let written = try folder.read("m.prom").split(separator: "\n").map(String.init)
        let hasWaited = written.contains { $0.hasPrefix("c8run_token_wait_seconds_count") }
        return hasWaited || !isOver ? written : nil
    }

    @Test func fileThatCannotBeWrittenIsToldBeforeAnythingRuns() async throws {
        let run = try await CommandRun.c8run("--metrics", "/nowhere/m.prom", "-e", "print('ran')")
        #expect(run.status == 78)
        #expect(run.output == "")
        #expect(run.errors.contains("--metrics: cannot write /nowhere/m.prom: No such file or directory"))
    }
}
