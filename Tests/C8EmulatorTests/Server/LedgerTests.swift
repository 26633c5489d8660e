import C8Platform
import Synchronization
import Testing

@testable import C8Emulator

struct LedgerTests {
    private final class Told: Sendable {
        let entries = Mutex<[RequestRecord]>([])
    }

    @Test func everyRequestIsToldInOrderAsItHappens() async throws {
        let told = Told()
        try await withEmulator { configuration in
            configuration.faults = [Fault(.rateLimit, on: "auth.get_token", times: 1)]
            configuration.observer = { record in told.entries.withLock { $0.append(record) } }
        } _: { session in
            for number in 1...3 {
                _ = try await session.getToken()
                #expect(told.entries.withLock { $0.count } == number)
            }
            #expect(told.entries.withLock { $0 } == session.emulator.requestLog.records)
        }
        #expect(told.entries.withLock { $0.map(\.code) } == [21_185_002, 200, 21_185_002])
    }

    @Test func entryIsOneLineOfJSON() throws {
        let record = RequestRecord(
            time: 1_700_000_000.1234567, operation: "auth.get_token", status: 200, code: 21_185_002, fault: .delay(0.3),
            isPerformed: false)
        let text = String(decoding: try JSONSerializer.serialize(record.json), as: UTF8.self)
        #expect(
            text == #"{"time":1700000000.123457,"operation":"auth.get_token","status":200,"code":21185002,"#
                + #""fault":"delay:0.3","performed":false}"#)
        let cut = RequestRecord(time: 1, operation: nil, status: 0, code: 0, fault: nil, isPerformed: false)
        #expect(String(decoding: try JSONSerializer.serialize(cut.json), as: UTF8.self).contains("\"operation\":null"))
    }

    @Test(
        arguments: Fault.kinds.filter { !$0.hasSuffix(":…") } + ["delay:0.5", "slow:2.0", "status:503", "token:http"])
    func faultIsNamedAsTheCommandLineHasIt(text: String) throws {
        #expect(try Fault(parsing: text).kind.description == text)
    }
}
