import C8Emulator
import C8Platform
import Testing

/// Which requests are befallen.
struct FaultSelectionTests {
    private func codes(_ faults: [Fault], seed: UInt64 = 1, requests: Int) async throws -> [Int] {
        try await withEmulator({ configuration in
            configuration.faults = faults
            configuration.seed = seed
        }) { session in
            let token = try await session.token()
            for index in 0..<requests {
                _ = try await session.probe.send(
                    "POST", "/emulator/production/orders", headers: ["Authorization: \(token)"],
                    body: Array(#"{"orderNo": "Q\#(index)", "productCode": "S", "quantity": 1}"#.utf8))
            }
            return session.emulator.requestLog.records.dropFirst().map(\.status)
        }
    }

    @Test func skipsAndEnds() async throws {
        let statuses = try await codes([Fault(.status(503), times: 2, skip: 1)], requests: 5)
        #expect(statuses == [200, 503, 503, 200, 200])
    }

    @Test func firstOfTwoCountsAndTheOtherIsNotUsedUp() async throws {
        let statuses = try await codes([Fault(.status(503), times: 1), Fault(.status(429), times: 1)], requests: 3)
        #expect(statuses == [503, 429, 200])
    }

    @Test func chanceFollowsFromTheSeed() async throws {
        let faults = [Fault(.status(503), chance: 0.5)]
        let first = try await codes(faults, requests: 40)
        let again = try await codes(faults, requests: 40)
        let other = try await codes(faults, seed: 2, requests: 40)
        #expect(again == first)
        #expect(other != first)
        let failed = first.filter { $0 == 503 }.count
        #expect((8...32).contains(failed))
    }

    @Test func getTokenIsSparedUnlessNamed() async throws {
        try await withEmulator({ $0.faults = [Fault(.status(500)), Fault(.rateLimit, times: 1)] }) { session in
            let first = try await session.getToken()
            let second = try await session.getToken()
            #expect(first["code"] == 21_185_002)
            #expect(second["code"] == 200)
        }
        try await withEmulator({ $0.faults = [Fault(.status(500), on: "auth.get_token")] }) { session in
            let answer = try await session.probe.send("POST", "/cncop/ca/v1/applications/get-token")
            #expect(answer.status == 500)
        }
    }

    @Test func clockCanBeWrong() async throws {
        let emulator = try await Emulator.start(EmulatorConfiguration(clockOffset: 86_400, clock: { 1_000_000 }))
        let answer = try await Probe(port: emulator.port).send("POST", "/cncop/ca/v1/applications/get-token")
        await emulator.stop()
        let envelope = try JSONParser.parse(answer.body)
        #expect(envelope["timestamp"] == 1_086_400_000)
    }
}
