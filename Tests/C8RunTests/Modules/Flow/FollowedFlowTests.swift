import C8Emulator
import C8Platform
import Testing

@testable import C8Run

/// A process that was stopped between the journal's word and the platform's: somebody else runs the flow when it wakes.
@Suite struct FollowedFlowTests {
    @Test(arguments: [
        "c8.production.orders.create{orderNo = 'A-1', productCode = 'S', quantity = 5}",
        "c8.request{method = 'POST', path = '/emulator/production/orders', body = {orderNo = 'A-1'}, effect = 'write'}",
    ])
    func whoHasBeenFollowedSendsNothingAnyMore(write: String) async throws {
        let journal = FullJournal(isFollowed: ())
        var script = PlatformScript()
        let emulator = try await Emulator.start(EmulatorConfiguration(tokenInterval: 0))
        script.emulator = emulator
        script.tokenInterval = .zero
        script.flows = FlowServices { journal }
        let printed = try await script.run(
            """
            local flow = require 'c8.flow'
            local ok, problem = pcall(flow.run, 'f', function(f)
              f:step('create', function() return \(write) end)
            end)
            print(ok, problem)
            """
        ).printed
        #expect(printed.contains("false") && printed.contains("taken over by another process"), "\(printed)")
        #expect(emulator.requestLog.records.allSatisfy { $0.operation == "auth.get_token" })
        await emulator.stop()
    }
}
