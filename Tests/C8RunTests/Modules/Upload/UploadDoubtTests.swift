import C8Client
import C8Emulator
import C8Flow
import C8Platform
import Synchronization
import Testing

@testable import C8Run

/// What a later run does with a batch that an earlier one left in doubt.
@Suite struct UploadDoubtTests {
    /// A clock that the test sets; whoever sleeps goes on at once, that much later.
    private final class ManualClock: ClientClock {
        private let state = Mutex((time: 1_000_000.0, sleeps: [Double]()))

        var sleeps: [Double] { state.withLock { $0.sleeps } }
        let bootID: String? = nil

        func now() -> Double { state.withLock { $0.time } }
        func monotonic() -> Double { now() }
        func advance(_ seconds: Double) { state.withLock { $0.time += seconds } }
        func sleep(seconds: Double) async throws {
            state.withLock { state in
                state.sleeps.append(seconds)
                state.time += seconds
            }
        }
    }

    private static let writing = """
        {"version": 1, "operations": {"production.offline.upload_codes": {"method": "POST",
          "path": "/emulator/production/orders/{orderNo}/codes", "effect": "write"}}}
        """

    private static func script(verify: String) -> String {
        """
        pcall(c8.production.orders.create, {orderNo = 'A-1', productCode = 'S', quantity = 5000})
        local asked = 0
        local summary = require('c8.flow').run('f', function(f)
          return f:step('upload', function()
            return c8.upload{operation = 'production.offline.upload_codes', rows = {('0'):rep(32)}, field = 'codes',
              body = {orderNo = 'A-1'}, verify = \(verify)}
          end)
        end)
        print(summary.accepted, asked)
        """
    }

    /// A batch that is not there is believed not to come when five seconds have passed since it was sent, in whatever run.
    @Test(
        arguments: [(0.0, [5.0], 2), (3, [2], 2), (5, [], 1), (3600, [], 1), (-3600, [5], 2)]
            as [(Double, [Double], Int)])
    func itWaitsForWhatIsLeft(passed: Double, sleeps: [Double], asked: Int) async throws {
        let fault = try Fault(parsing: "cut-before,on=production.offline.upload_codes,times=1")
        let emulator = try await Emulator.start(EmulatorConfiguration(tokenInterval: 0, faults: [fault]))
        let (journal, clock) = (MemoryFlowJournal(), ManualClock())
        var script = PlatformScript()
        script.emulator = emulator
        script.tokenInterval = .zero
        script.bindings = Self.writing
        script.flows = FlowServices { journal }
        script.clock = clock
        do {
            Issue.record("nothing was raised, but printed: \(try await script.run(Self.script(verify: "nil")).printed)")
        } catch let error as ScriptError {
            #expect(error.kind == .unresolved, "\(error)")
        }
        clock.advance(passed)
        let printed = try await script.run(Self.script(verify: "function() asked = asked + 1 end")).printed
        #expect(printed == "1\t\(asked)\n")
        #expect(clock.sleeps == sleeps)
        await emulator.stop()
    }
}
