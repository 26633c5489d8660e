import C8Emulator
import C8Flow
import C8Platform
import Testing

@testable import C8Run

/// The disk becomes full while an upload within a step is under way: it ends at once, and nothing in the script catches that.
@Suite struct UploadOnFullDiskTests {
    private static let lead = """
        local flow, task = require 'c8.flow', require 'c8.task'
        pcall(c8.production.orders.create, {orderNo = 'A-1', productCode = 'S', quantity = 5000})
        local function values() local t = {} for i = 1, 2000 do t[i] = ('%032d'):format(i) end return t end
        local function held(codes) local n = 0
          for _, r in ipairs(c8.reports.cross_query_codes{codes = codes}.records) do
            if r.productionOrderNo == 'A-1' then n = n + 1 end end
          return n > 0 or nil end
        local function upload()
          return c8.upload{operation = 'production.offline.upload_codes', rows = values(), field = 'codes', batch = 50,
            concurrency = 2, body = {orderNo = 'A-1'}, verify = held}.accepted end

        """

    private static let writing = """
        {"version": 1, "operations": {"production.offline.upload_codes": {"method": "POST",
          "path": "/emulator/production/orders/{orderNo}/codes", "effect": "write"}}}
        """

    private static let habits = [
        "f:step('upload', upload)",
        "print(pcall(f.step, f, 'upload', upload)) print('goes on')",
        "f:step('upload', function() pcall(upload) print('goes on') return 1 end)",
        "pcall(task.all, {function() f:step('upload', upload) end}) print('goes on')",
    ]

    @Test(arguments: habits, [Effect.write, .idempotent])
    func theRunEndsAtOnceAndALaterOneGoesOn(habit: String, effect: Effect) async throws {
        let slow = try Fault(parsing: "delay:0.02,on=production.offline.upload_codes")
        let emulator = try await Emulator.start(EmulatorConfiguration(tokenInterval: 0, faults: [slow]))
        let journal = FullJournal(checkpoints: effect == .write ? 4 : 2)
        var script = PlatformScript()
        script.emulator = emulator
        script.tokenInterval = .zero
        script.bindings = effect == .write ? Self.writing : nil
        script.flows = FlowServices { journal }
        let source =
            Self.lead + "local ok, e = pcall(flow.run, 'f', function(f) \(habit) return 'end' end) print(ok, e)"
        do {
            Issue.record("nothing was raised, but printed: \(try await script.run(source).printed)")
        } catch let error as ScriptError {
            #expect(error.kind == .unresolved, "\(error)")
            #expect(error.message.contains("stops at step \"upload\": how far its upload by"), "\(error)")
            #expect(error.message.contains("database or disk is full"), "\(error)")
        }
        // Those of the notes that were kept, and those that were under way.
        let uploads = emulator.requestLog.calls["production.offline.upload_codes"] ?? 0
        #expect(uploads < 30)
        journal.makeRoom()
        let printed = try await script.run(source + " print(c8.production.orders.get{orderNo = 'A-1'}.uploaded)")
            .printed
        #expect(printed.hasSuffix("true\tend\n2000\n"), "\(printed)")
        let performed = emulator.requestLog.records.count {
            $0.operation == "production.offline.upload_codes" && $0.isPerformed
        }
        #expect(effect == .idempotent || performed == 40, "\(performed)")
        await emulator.stop()
    }
}
