import C8HTTP
import C8Platform
import Synchronization
import Testing

@testable import C8Client

/// A platform that is down is not called again and again.
@Suite struct FailureStreakTests {
    private static let down = ClientError(kind: .network, message: "")

    @Test func fiveInARowAreFollowedByARest() {
        var streak = FailureStreak()
        for time in 0..<5 {
            #expect(streak.rest(at: Double(time)) == nil)
            streak.ended(with: Self.down, at: Double(time))
        }
        #expect(streak.rest(at: 4) == 10)
        #expect(streak.rest(at: 13) == 1)
        // Then calls pass, and one failure more is followed by another rest.
        #expect(streak.rest(at: 14) == nil)
        streak.ended(with: Self.down, at: 15)
        #expect(streak.rest(at: 16) == 9 && streak.failures == 6)
        streak.ended(with: nil, at: 26)
        for time in 26..<30 { streak.ended(with: Self.down, at: Double(time)) }
        #expect(streak.rest(at: 30) == nil)
    }

    @Test(
        arguments: [
            (ClientError(kind: .timeout, message: "", attempts: 1), true),
            (ClientError(kind: .http, message: "", status: 503), true),
            (ClientError(kind: .api, message: "", code: 9, status: 500), true),
            (ClientError(kind: .api, message: "", code: 503, status: 200), true),
            (ClientError(kind: .api, message: "", code: 500, status: 200), false),
            (ClientError(kind: .api, message: "", code: 99, status: 200), false),
            (ClientError(kind: .http, message: "", status: 429), false),
            (ClientError(kind: .timeout, message: ""), nil), (ClientError(kind: .cancelled, message: ""), nil),
            (ClientError(kind: .invalid, message: ""), nil), (ClientError(kind: .http, message: ""), nil),
        ] as [(ClientError, Bool?)])
    func onlyFailuresOnTheWayCountAndAnswersEndTheStreak(error: ClientError, counts: Bool?) {
        var streak = FailureStreak()
        for _ in 0..<4 { streak.ended(with: Self.down, at: 0) }
        streak.ended(with: error, at: 0)
        #expect(streak.failures == (counts.map { $0 ? 5 : 0 } ?? 4))
        #expect((streak.rest(at: 0) != nil) == (counts == true))
    }

    @Test(arguments: [Effect.read, .idempotent, .write]) func callsDuringTheRestFailAtOnce(effect: Effect) async throws
    {
        let fails = Mutex(true)
        let fixture = Fixture { request, _ in
            if request.url.hasSuffix("/get-token") { return .token("a") }
            if fails.withLock({ $0 }) { return .json("", status: 503) }
            return .json(#"{"code": 200, "message": ""}"#)
        }
        let client = try fixture.client(fixture.tokens())
        func call() async throws -> CallAnswer {
            try await client.request(PlatformRequest(method: .post, path: "/x"), effect: effect)
        }
        for _ in 0..<5 { await #expect(throws: ClientError.self) { try await call() } }
        let sent = fixture.transport.sent.count
        #expect(sent == 1 + 5 * (effect == .write ? 1 : 3))
        let error = await #expect(throws: ClientError.self) { try await call() }
        #expect(error?.kind == .network && error?.outcome == (effect == .read ? nil : .notSent))
        #expect(error?.message.contains("stopped after 5 failures in a row; platform.example") == true)
        #expect(error?.message.contains("run again later") == true)
        #expect(fixture.transport.sent.count == sent)
        fails.withLock { $0 = false }
        fixture.clock.advance(10)
        _ = try await call()
    }
}
