import C8HTTP
import C8Platform
import Synchronization
import Testing

@testable import C8Client

/// Which failures are met again, how often and how soon. Time moves only when somebody waits.
struct RetryTests {
    /// What the first request of a call meets; get-token always works, and so does every later request.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let answer: @Sendable () throws -> HTTPResponse
        /// Requests for the call with each effect.
        let requests: [Effect: Int]
        /// Of a write that is not made again.
        var outcome: ClientError.Outcome?

        var testDescription: String { name }
    }

    private static func broken(_ kind: HTTPTransportError.Kind, _ sent: HTTPTransportError.Sent) -> HTTPTransportError {
        HTTPTransportError(kind: kind, sent: sent, host: "platform.example", message: "platform.example: \(kind)")
    }

    private static let both: [Effect: Int] = [.read: 2, .idempotent: 2, .write: 1]
    private static let all: [Effect: Int] = [.read: 2, .idempotent: 2, .write: 2]
    private static let none: [Effect: Int] = [.read: 1, .idempotent: 1, .write: 1]

    static let faults: [Fault] = [
        Fault(name: "no name", answer: { throw broken(.resolve, .notSent) }, requests: all),
        Fault(name: "no connection", answer: { throw broken(.connect, .notSent) }, requests: all),
        Fault(name: "no TLS", answer: { throw broken(.tls, .notSent) }, requests: all),
        Fault(name: "no time to send", answer: { throw broken(.timeout, .notSent) }, requests: all),
        Fault(
            name: "no answer in time", answer: { throw broken(.timeout, .maybeSent) }, requests: both, outcome: .unknown
        ),
        Fault(name: "cut", answer: { throw broken(.closed, .maybeSent) }, requests: both, outcome: .unknown),
        Fault(name: "cut in the middle of the request", answer: { throw broken(.closed, .partly) }, requests: all),
        Fault(name: "cut in TLS", answer: { throw broken(.tls, .maybeSent) }, requests: both, outcome: .unknown),
        Fault(name: "429", answer: { .json("slow down", status: 429) }, requests: both, outcome: .rejected),
        Fault(
            name: "429 envelope", answer: { .json(#"{"code": 429, "message": "x"}"#, status: 429) }, requests: both,
            outcome: .rejected),
        Fault(
            name: "502", answer: { .json("<html>bad gateway</html>", status: 502) }, requests: both, outcome: .unknown),
        Fault(name: "503", answer: { .json("", status: 503) }, requests: both, outcome: .unknown),
        Fault(name: "504", answer: { .json("", status: 504) }, requests: both, outcome: .unknown),
        Fault(name: "configured code", answer: { .refusal(77) }, requests: both, outcome: .rejected),
        Fault(name: "500", answer: { .json("", status: 500) }, requests: none, outcome: .unknown),
        Fault(name: "envelope 502", answer: { .refusal(502) }, requests: both, outcome: .unknown),
        Fault(name: "envelope 503", answer: { .refusal(503) }, requests: both, outcome: .unknown),
        Fault(name: "envelope 504", answer: { .refusal(504) }, requests: both, outcome: .unknown),
        Fault(name: "envelope 599", answer: { .refusal(599) }, requests: none, outcome: .unknown),
        Fault(
            name: "success with HTTP 403", answer: { .json(#"{"code": 200, "message": ""}"#, status: 403) },
            requests: none, outcome: .unknown),
        Fault(
            name: "success with HTTP 503", answer: { .json(#"{"code": 200, "message": ""}"#, status: 503) },
            requests: both, outcome: .unknown),
        Fault(
            name: "success with HTTP 401", answer: { .json(#"{"code": 200, "message": ""}"#, status: 401) },
            requests: both, outcome: .unknown),
        Fault(
            name: "success with a refused token",
            answer: { .json(#"{"code": 200, "message": "", "meta": {"status": 401}}"#) }, requests: both,
            outcome: .unknown),
        Fault(name: "envelope 500", answer: { .refusal(500) }, requests: none, outcome: .unknown),
        Fault(name: "404", answer: { .json("", status: 404) }, requests: none, outcome: .unknown),
        Fault(name: "business code", answer: { .refusal(99) }, requests: none, outcome: .rejected),
        Fault(
            name: "no HTTP", answer: { throw broken(.protocolViolation, .maybeSent) }, requests: none, outcome: .unknown
        ),
        Fault(name: "too large", answer: { throw broken(.tooLarge, .maybeSent) }, requests: none, outcome: .unknown),
        Fault(name: "cancelled", answer: { throw broken(.cancelled, .maybeSent) }, requests: none, outcome: .unknown),
        Fault(
            name: "own mistake", answer: { throw broken(.invalidRequest, .notSent) }, requests: none, outcome: .notSent),
        Fault(name: "own file", answer: { throw broken(.local, .maybeSent) }, requests: none, outcome: .unknown),
    ]

    /// A client whose calls are answered by a closure that gets the number of the call's request.
    private static func client(
        policy: RetryPolicy = RetryPolicy(codes: [77]),
        _ answer: @escaping @Sendable (Int) async throws -> HTTPResponse
    ) throws -> (client: PlatformClient, fixture: Fixture) {
        let count = Mutex(0)
        var fixture = Fixture { request, _ in
            if request.url.hasSuffix("/get-token") { return .token("t") }
            return try await answer(
                count.withLock { count in
                    count += 1
                    return count
                })
        }
        fixture.configuration.retries = policy
        return (try fixture.client(fixture.tokens()), fixture)
    }

    private static func call(_ client: PlatformClient, _ effect: Effect) async throws -> CallAnswer {
        let request = try PlatformRequest(method: .post, path: "/x", body: [:])
        return try await client.request(request, effect: effect)
    }

    @Test(arguments: faults, [Effect.read, .idempotent, .write])
    func aFailureIsMetAsItsKindAndTheEffectAllow(fault: Fault, effect: Effect) async throws {
        let (client, fixture) = try Self.client { number in
            number == 1 ? try fault.answer() : .json(#"{"code": 200, "message": "ok"}"#)
        }
        let expected = fault.requests[effect] ?? 0
        var failure: ClientError?
        do {
            _ = try await Self.call(client, effect)
        } catch let error as ClientError {
            failure = error
        }
        #expect(fixture.transport.sent.filter { $0.url.hasSuffix("/x") }.count == expected)
        #expect((failure == nil) == (expected > 1))
        if effect == .write, let failure { #expect(failure.outcome == fault.outcome) }
    }

    /// What is repeated may have been done the first time, whatever becomes of the repetitions.
    @Test(arguments: [
        HTTPResponse.json("", status: 503), .json(#"{"code": 200, "message": "", "meta": {"status": 401}}"#),
    ])
    func aLaterFailureDoesNotDenyAnEarlierAttempt(first: HTTPResponse) async throws {
        for later in [{ throw Self.broken(.connect, .notSent) }, { .refusal(99) }]
            as [@Sendable () throws -> HTTPResponse]
        {
            let (client, _) = try Self.client { number in try number == 1 ? first : later() }
            let error = await #expect(throws: ClientError.self) { try await Self.call(client, .idempotent) }
            #expect(error?.outcome == .unknown)
        }
    }

    @Test(arguments: [1, 2, 3, 6]) func theAttemptsAreCounted(most: Int) async throws {
        let (client, fixture) = try Self.client(policy: RetryPolicy(maximumAttempts: most)) { _ in
            .json("", status: 503)
        }
        let error = await #expect(throws: ClientError.self) { try await Self.call(client, .read) }
        #expect(error?.attempts == most && error?.status == 503)
        #expect(fixture.transport.sent.count == most + 1)
    }

    @Test(arguments: [("7", 7.0...8.0), ("0", 0.0...1.0), ("Tue, 14 Nov 2023 22:13:30 GMT", 10.0...11.0)])
    func theServerSaysHowLong(header: String, pause: ClosedRange<Double>) async throws {
        let (client, fixture) = try Self.client { number in
            number == 1
                ? HTTPResponse(status: 503, headers: [("Retry-After", header)])
                : .json(#"{"code": 200, "message": "ok"}"#)
        }
        let before = fixture.clock.monotonic()
        _ = try await Self.call(client, .read)
        #expect(pause.contains(fixture.clock.monotonic() - before))
    }

    /// This machine's clock says 22:13:20.
    @Test(arguments: [
        ("Tue, 14 Nov 2023 20:00:00 GMT", "Tue, 14 Nov 2023 20:00:10 GMT", 10.0),
        ("Wed, 15 Nov 2023 20:00:00 GMT", "Wed, 15 Nov 2023 20:00:10 GMT", 10.0),
        ("Tue, 14 Nov 2023 20:00:00 GMT", "Tue, 14 Nov 2023 19:59:00 GMT", 0.0),
        ("not a date", "Tue, 14 Nov 2023 22:13:30 GMT", 10.0), ("Tue, 14 Nov 2023 20:00:00 GMT", "7", 7.0),
    ])
    func aDateIsJudgedByTheServersOwnClock(date: String, until: String, seconds: Double) {
        let response = HTTPResponse(status: 503, headers: [("Date", date), ("Retry-After", until)])
        #expect(RetryAfter.seconds(response, now: 1_700_000_000) == seconds)
    }

    @Test func aPauseBeyondTheDeadlineIsNotBegun() async throws {
        let (client, fixture) = try Self.client { _ in HTTPResponse(status: 429, headers: [("retry-after", "3600")]) }
        let before = fixture.clock.monotonic()
        let error = await #expect(throws: ClientError.self) { try await Self.call(client, .read) }
        #expect(error?.attempts == 1 && error?.retryAfter == 3600)
        #expect(fixture.clock.monotonic() == before)
    }

    @Test func allTogetherEndsAtTheDeadline() async throws {
        let policy = RetryPolicy(maximumAttempts: 1000, deadline: .seconds(60))
        let timeouts = Mutex<[Duration]>([])
        var fixture = Fixture { request, _ in
            if request.url.hasSuffix("/get-token") { return .token("t") }
            timeouts.withLock { $0.append(request.timeout) }
            throw Self.broken(.timeout, .maybeSent)
        }
        fixture.configuration.retries = policy
        let before = fixture.clock.monotonic()
        let client = try fixture.client(fixture.tokens())
        await #expect(throws: ClientError.self) { try await Self.call(client, .read) }
        #expect(fixture.clock.monotonic() - before <= 60)
        let all = timeouts.withLock { $0 }
        #expect(all.count > 3 && all[0] == .seconds(30))
        #expect(all.allSatisfy { $0 > .zero && $0 <= .seconds(30) })
    }

    /// Calls that come so far apart that each is let through are made once, but for the few that the quota repeats.
    @Test func aHostThatIsDownIsNotHammered() async throws {
        let (client, fixture) = try Self.client { _ in .json("", status: 503) }
        for _ in 0..<1000 {
            _ = try? await Self.call(client, .read)
            fixture.clock.advance(FailureStreak.rest)
        }
        #expect(fixture.transport.sent.count - 1 <= 1000 + RetryQuota.capacity / RetryQuota.cost)
        #expect(fixture.transport.sent.count - 1 > 1000)
    }

    @Test func successFillsTheQuotaAgain() {
        let quota = RetryQuota()
        while quota.spend() {}
        for _ in 0..<RetryQuota.cost { quota.earn(attempts: 1) }
        #expect(quota.spend())
        #expect(!quota.spend())
        quota.earn(attempts: 2)
        #expect(quota.spend())
        for _ in 0..<10_000 { quota.earn(attempts: 2) }
        #expect((0..<100).filter { _ in quota.spend() }.count == RetryQuota.capacity / RetryQuota.cost)
    }

    @Test func aRefusedTokenCostsNoAttempt() async throws {
        let (client, fixture) = try Self.client { number in
            switch number {
            case 1: .refusal(20_324_013)
            case 2, 3: .json("", status: 503)
            default: .json(#"{"code": 200, "message": "ok"}"#)
            }
        }
        _ = try await Self.call(client, .read)
        #expect(fixture.transport.sent.filter { $0.url.hasSuffix("/x") }.count == 4)
    }

    @Test(arguments: [1, 2, 3, 4, 10]) func pausesGrowAndAreCapped(attempt: Int) {
        var longest: Double?
        for random in [0.0, 0.5, 1.0] {
            var state = RetryState(
                RetryPolicy(maximumAttempts: 100, deadline: .seconds(3600)), timeout: .seconds(30), now: 0)
            let error = ClientError(kind: .network, message: "")
            for _ in 0..<attempt {
                longest = state.pause(after: error, effect: .read, now: 0, random: random, quota: RetryQuota())
            }
            let limit = min(20, 0.5 * Double(1 << (attempt - 1)))
            #expect(longest == limit * random)
        }
    }

    @Test(
        arguments: [
            ("120", 120), (" 5", 5), ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Tue, 14 Nov 2023 22:13:21 GMT", 1),
            ("Thu, 29 Feb 2024 00:00:00 GMT", 86_400), ("99999999999999999999", 86_400), ("-1", nil), ("1.5", nil),
            ("", nil), ("soon", nil),
            ("Sun, 99 Nov 1994 08:49:37 GMT", nil), ("Sunday, 06-Nov-94 08:49:37 GMT", nil),
        ] as [(String, Double?)])
    func retryAfterIsReadAsHTTPWritesIt(text: String, seconds: Double?) {
        #expect(RetryAfter.seconds(text, now: 1_700_000_000) == seconds)
    }
}
