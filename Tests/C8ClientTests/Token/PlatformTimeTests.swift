import C8HTTP
import C8Platform
import Synchronization
import Testing

@testable import C8Client

/// The machine is started again with a clock on the wall that is wrong, so that only the platform's answers tell how long it
/// was off.
@Suite struct PlatformTimeTests {
    /// A platform with a clock of its own, which gives one token a minute.
    private final class Platform: Sendable {
        private struct State {
            var last: Double?
            var tokens = 0
            var refusals = 0
        }

        let clock: FakeClock
        let ttl: Int
        private let state = Mutex(State())

        init(_ clock: FakeClock, ttl: Int = 28_800) {
            self.clock = clock
            self.ttl = ttl
        }

        var refusals: Int { state.withLock { $0.refusals } }
        /// Milliseconds since 1970.
        var time: Int64 { Int64((1_700_000_000 + clock.real) * 1000) }

        func getToken() -> HTTPResponse {
            state.withLock { state in
                if let last = state.last, clock.real - last < 60 {
                    state.refusals += 1
                    return .json(#"{"code": 21185002, "message": "too often", "timestamp": \#(time)}"#)
                }
                state.last = clock.real
                state.tokens += 1
                return .json(
                    """
                    {"code": 200, "message": "", "timestamp": \(time),
                     "data": {"accessToken": "\(state.tokens)", "tokenTtlSeconds": \(ttl)}}
                    """)
            }
        }
    }

    private static let longestWait = 60 + 10 + 0.25 + 0.01

    /// One refused get-token tells what time it is, and that the token is good still.
    @Test(arguments: [4, 30] as [Double], [3600, 86_400, 31_536_000] as [Double])
    func clockThatRunsAheadAfterAStartCostsOneRefusalAndNoMinute(off: Double, ahead: Double) async throws {
        let clock = FakeClock()
        // Short enough that an hour kills it.
        let platform = Platform(clock, ttl: 3000)
        let fixture = Fixture(clock: clock) { _, _ in platform.getToken() }
        #expect(try await fixture.tokens().token().value == Secret("1"))
        clock.reboot(taking: off)
        clock.set(by: ahead)
        let began = clock.real
        #expect(try await fixture.tokens().token().value == Secret("1"))
        #expect(clock.real - began < 1)
        #expect(platform.refusals == 1)
        // Whoever comes after has the first one's knowledge from the store, also once the token has to be renewed.
        #expect(try await fixture.tokens().token().value == Secret("1"))
        clock.advance(3000)
        #expect(try await fixture.tokens().token().value == Secret("2"))
        #expect(platform.refusals == 1)
    }

    /// Whatever the clock on the wall shows: one refusal at most, and no wait longer than a reservation.
    @Test(
        arguments: [4, 30, 300, 3600, 86_400] as [Double],
        [0, 3600, -3600, 86_400, -86_400, 31_536_000, -31_536_000] as [Double])
    func startWithAnyClockCostsOneRefusalAtMost(off: Double, step: Double) async throws {
        let clock = FakeClock()
        let platform = Platform(clock)
        let fixture = Fixture(clock: clock) { _, _ in platform.getToken() }
        _ = try await fixture.tokens().token()
        clock.reboot(taking: off)
        clock.set(by: step)
        let began = clock.real
        let second = try await fixture.tokens().token()
        #expect(clock.real - began <= Self.longestWait)
        #expect(platform.refusals <= 1)
        // From here on nobody sets what is compared.
        clock.set(by: -step)
        _ = try await fixture.tokens().token(replacing: second)
        #expect(platform.refusals <= 1)
    }

    /// The wall says that the minute has not passed, and that a token is good which is dead; the refusal's time knows better.
    @Test func clockThatIsBehindAfterAStartCostsOneRefusedCallAndNoMinute() async throws {
        let clock = FakeClock()
        let platform = Platform(clock, ttl: 600)
        let fixture = Fixture(clock: clock) { request, _ in
            if request.url.hasSuffix("/get-token") { return platform.getToken() }
            let isDead = request.headers.contains { $0.name == "Authorization" && $0.value == "1" }
            return .json(#"{"code": \#(isDead ? 20_324_012 : 200), "message": "", "timestamp": \#(platform.time)}"#)
        }
        _ = try await fixture.tokens().token()
        clock.reboot(taking: 1800)
        clock.set(by: -1795)
        let client = try fixture.client(fixture.tokens())
        let began = clock.real
        _ = try await client.request(PlatformRequest(method: .get, path: "/x"), effect: .read)
        #expect(clock.real - began < 1)
        #expect(platform.refusals == 0)
        #expect(fixture.transport.tokenRequests == 2)
    }

    @Test(arguments: [3600, -86_400, 0] as [Double]) func statusTellsByHowMuchTheClockIsWrong(step: Double) async throws
    {
        let clock = FakeClock()
        let platform = Platform(clock)
        let fixture = Fixture(clock: clock) { _, _ in platform.getToken() }
        #expect(try await fixture.tokens().status().clockAhead == nil)
        _ = try await fixture.tokens().token()
        clock.advance(100)
        clock.set(by: step)
        let ahead = try #require(try await fixture.tokens().status().clockAhead)
        #expect(abs(ahead - step) < 0.01)
        // Nobody has answered since the next start.
        clock.reboot(taking: 5)
        #expect(try await fixture.tokens().status().clockAhead == nil)
    }

    @Test(
        arguments: [
            (1_700_000_000_123, nil, 1_700_000_000.123), (1_700_000_000, nil, 1_700_000_000),
            (nil, "Tue, 14 Nov 2023 22:13:20 GMT", 1_700_000_000), (0, "Tue, 14 Nov 2023 22:13:20 GMT", 1_700_000_000),
            (0, nil, nil), (-5, nil, nil), (nil, nil, nil), (nil, "soon", nil), (12, nil, 12),
        ] as [(Int64?, String?, Double?)])
    func answersTellTheTime(timestamp: Int64?, date: String?, expected: Double?) {
        let envelope = Envelope(code: 200, message: "", timestamp: timestamp)
        let response = HTTPResponse(status: 200, headers: date.map { [(name: "Date", value: $0)] } ?? [])
        #expect(AnswerTime.seconds(envelope, response) == expected)
    }

    @Test(arguments: [12, 1.4e9, 9.2e15, .infinity, .nan, 1_700_000_000] as [Double])
    func timesThatCannotBeAreNotBelieved(seconds: Double) {
        let time = PlatformTime(FakeClock())
        time.learn(seconds)
        #expect(time.moment().platform == (seconds == 1_700_000_000 ? seconds : nil))
    }

    @Test func theBestClockThatBothHaveCompares() {
        func moment(_ wall: Double, _ boot: String?, _ uptime: Double, _ platform: Double?) -> Moment {
            Moment(wall: wall, uptime: boot.map { Moment.Uptime(bootID: $0, seconds: uptime) }, platform: platform)
        }
        let earlier = moment(1000, "a", 10, 5000)
        #expect(moment(9000, "a", 15, 6000).seconds(since: earlier) == 5)
        #expect(moment(9000, "b", 15, 6000).seconds(since: earlier) == 1000)
        #expect(moment(9000, nil, 0, 6000).seconds(since: earlier) == 1000)
        #expect(moment(9000, "b", 15, nil).seconds(since: earlier) == 8000)
        #expect(earlier.advanced(by: 7) == moment(1007, "a", 17, 5007))
    }
}
