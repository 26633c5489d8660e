import C8Client
import C8HTTP
import Testing

@Suite struct PlatformProbeTests {
    /// The fixture's clock stands at 1700000000.
    @Test(arguments: [
        ("1700000000000", 0.0), ("1699999940000", 60), ("1700000000", 0), ("1700000060", -60),
        ("99999999999", -98_299_999_999), ("100000000000", 1_600_000_000),
    ])
    func timestampIsReadInSecondsOrMilliseconds(timestamp: String, ahead: Double) async throws {
        let fixture = Fixture { _, _ in
            .json("{\"code\": 404, \"message\": \"\", \"data\": null, \"timestamp\": \(timestamp)}", status: 404)
        }
        let probe = try await PlatformProbe.run(
            fixture.configuration, transport: fixture.transport, clock: fixture.clock)
        #expect(probe.status == 404)
        #expect(probe.clockAhead == ahead)
    }

    @Test func headerTellsTheTimeWhereTheBodyDoesNot() async throws {
        let fixture = Fixture { _, _ in
            HTTPResponse(status: 200, headers: [("Date", "Tue, 14 Nov 2023 22:13:10 GMT")], body: Array("<html>".utf8))
        }
        let probe = try await PlatformProbe.run(
            fixture.configuration, transport: fixture.transport, clock: fixture.clock)
        #expect(probe.clockAhead == 10)
    }
}
