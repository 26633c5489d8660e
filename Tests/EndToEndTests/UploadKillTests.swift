import C8Emulator
import C8Platform
import Foundation
import Testing

/// An upload with an id over the real binary, killed between its batches.
@Suite struct UploadKillTests {
    private static let (rows, batch) = (600, 20)

    private static let script = """
        local c8 = require "c8"
        local file = ...
        pcall(c8.production.orders.create, {orderNo = "PO", productCode = "S", quantity = 1000})
        local function held(codes)
          local count = 0
          for _, record in ipairs(c8.reports.cross_query_codes{codes = codes}.records) do
            if record.productionOrderNo == "PO" then count = count + 1 end
          end
          return count > 0 or nil
        end
        local summary = c8.upload{operation = "production.offline.upload_codes", file = file, column = "code",
          field = "codes", body = {orderNo = "PO"}, batch = \(batch), concurrency = 2, id = "PO", verify = held}
        print(summary.sent, summary.accepted + summary.duplicate, c8.production.orders.get{orderNo = "PO"}.uploaded)
        """

    private static let bindings = """
        {"version": 1, "operations": {"production.offline.upload_codes": {"method": "POST",
          "path": "/emulator/production/orders/{orderNo}/codes", "effect": "write",
          "source": "c8run emulator, not the platform"}}}
        """

    private static func performed(_ emulator: Emulator) -> Int {
        emulator.requestLog.records.count { $0.operation == "production.offline.upload_codes" && $0.isPerformed }
    }

    @Test(arguments: [Effect.write, .idempotent])
    func killedAgainAndAgainItGoesOnWhereItWas(effect: Effect) async throws {
        // Slow enough that there is somebody to kill.
        let fault = try Fault(parsing: "delay:0.02,on=production.offline.upload_codes")
        try await Surroundings.with(EmulatorConfiguration(tokenInterval: 0, faults: [fault])) { surroundings in
            let emulator = surroundings.emulator
            try await CommandRun.c8run("token", "refresh", environment: surroundings.environment)
            let codes = (1...Self.rows).map { String(repeating: "0", count: 27) + String(10_000 + $0) }
            let file = try surroundings.folder.file("codes.csv", "code\n" + codes.joined(separator: "\n") + "\n")
            var arguments = ["--allow-read=\(file)", try surroundings.folder.file("upload.lua", Self.script), file]
            if effect == .write {
                arguments = ["--bindings", try surroundings.folder.file("writes.json", Self.bindings)] + arguments
            }
            var kills = 0
            for count in stride(from: 3, through: 24, by: 7) {
                let run = try await CommandRun.c8run(arguments, environment: surroundings.environment) { process in
                    while process.isRunning, Self.performed(emulator) < count {
                        try await Task.sleep(for: .milliseconds(1))
                    }
                    kill(process.processIdentifier, SIGKILL)
                }
                if run.status == SIGKILL { kills += 1 }
            }
            #expect(kills == 4)
            #expect(Self.performed(emulator) < Self.rows / Self.batch)
            let run = try await CommandRun.c8run(arguments, environment: surroundings.environment)
            #expect(run.output == "\(Self.rows)\t\(Self.rows)\t\(Self.rows)\n", "\(run.errors)")
            let most = Self.rows / Self.batch + (effect == .write ? 0 : 6 * kills)
            #expect((Self.rows / Self.batch...most).contains(Self.performed(emulator)))
        }
    }
}
