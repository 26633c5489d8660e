import C8HTTP
import C8Platform
import Synchronization
import Testing

@testable import C8Client

/// The whole time of a call also bounds its waiting for a token and for its turn.
@Suite struct DeadlineTests {
    private static let success = HTTPResponse.json(#"{"code": 200, "message": ""}"#)

    /// Holds back requests until they are let go, and can tell that one has come.
    private final class Barrier: Sendable {
        private let arrivals = AsyncStream<Void>.makeStream()
        private let releases = AsyncStream<Void>.makeStream()

        func pass() async throws {
            arrivals.continuation.yield()
            for await _ in releases.stream { return }
            throw CancellationError()
        }

        func arrival() async { for await _ in arrivals.stream { return } }
        func open() { releases.continuation.yield() }
    }

    private static func write(_ client: PlatformClient) async throws -> CallAnswer {
        try await client.request(PlatformRequest(method: .post, path: "/x", body: [:]), effect: .write)
    }

    @Test func tokenThatDoesNotComeIsWaitedForUntilTheDeadline() async throws {
        let barrier = Barrier()
        let fixture = Fixture { request, _ in
            guard request.url.hasSuffix("/get-token") else { return Self.success }
            try await barrier.pass()
            return .token("a")
        }
        let client = try fixture.client(fixture.tokens())
        let call = Task { try await Self.write(client) }
        await barrier.arrival()
        while fixture.timer.sleeping == 0 { await Task.yield() }
        fixture.clock.advance(120)
        fixture.timer.fire()
        let error = await #expect(throws: ClientError.self) { try await call.value }
        #expect(error?.kind == .timeout && error?.outcome == .notSent && error?.attempts == 0)
        #expect(error?.message.contains("waiting for the access token") == true)
        // The fetch goes on for the others.
        barrier.open()
        _ = try await Self.write(client)
        #expect(fixture.transport.tokenRequests == 1)
    }

    @Test func turnThatDoesNotComeIsWaitedForUntilTheDeadline() async throws {
        let barrier = Barrier()
        var fixture = Fixture { request, _ in
            if !request.url.hasSuffix("/get-token") { try await barrier.pass() }
            return request.url.hasSuffix("/get-token") ? .token("a") : Self.success
        }
        fixture.configuration.maximumConcurrency = 1
        let client = try fixture.client(fixture.tokens())
        let first = Task { try await Self.write(client) }
        await barrier.arrival()
        let second = Task { try await Self.write(client) }
        while client.gate.waiting == 0 || fixture.timer.sleeping == 0 { await Task.yield() }
        fixture.clock.advance(120)
        fixture.timer.fire()
        let error = await #expect(throws: ClientError.self) { try await second.value }
        #expect(error?.kind == .timeout && error?.outcome == .notSent)
        #expect(error?.message.contains("other requests") == true)
        barrier.open()
        _ = try await first.value
        #expect(client.gate.underWay == 0 && client.gate.waiting == 0)
    }

    @Test func attemptHasItsWholeTimeAfterAllWaiting() async throws {
        let timeouts = Mutex<[Duration]>([])
        let fixture = Fixture { request, number in
            if request.url.hasSuffix("/get-token") { return .token("\(number)") }
            let count = timeouts.withLock { timeouts in
                timeouts.append(request.timeout)
                return timeouts.count
            }
            return count == 1 ? .refusal(20_324_012) : Self.success
        }
        // The second token comes a minute later; of two minutes enough is left for the attempt.
        _ = try await Self.write(try fixture.client(fixture.tokens()))
        #expect(timeouts.withLock { $0 } == [.seconds(30), .seconds(30)])
    }

    @Test func tokenIsTakenAfterTheTurnHasCome() async throws {
        let barrier = Barrier()
        let numbers = Mutex(0)
        var fixture = Fixture(interval: .zero) { request, _ in
            if request.url.hasSuffix("/get-token") {
                return .token("t\(numbers.withLock { $0 += 1; return $0 })", ttl: 100)
            }
            try await barrier.pass()
            return Self.success
        }
        fixture.configuration.maximumConcurrency = 1
        let client = try fixture.client(fixture.tokens())
        let first = Task { try await Self.write(client) }
        await barrier.arrival()
        let second = Task { try await Self.write(client) }
        while client.gate.waiting == 0 { await Task.yield() }
        // The token dies in the queue.
        fixture.clock.advance(101)
        barrier.open()
        _ = try await first.value
        await barrier.arrival()
        barrier.open()
        _ = try await second.value
        let used = fixture.transport.sent.compactMap { $0.headers.first { $0.name == "Authorization" }?.value }
        #expect(used == ["t1", "t2"])
    }

    @Test(arguments: [Effect.read, .idempotent, .write])
    func tokenThatFailsOnTheWayIsFetchedAgain(effect: Effect) async throws {
        let fetches = Mutex(0)
        let fixture = Fixture { request, _ in
            guard request.url.hasSuffix("/get-token") else { return Self.success }
            switch fetches.withLock({
                $0 += 1; return $0
            }) {
            case 1: throw HTTPTransportError(kind: .connect, sent: .notSent, host: "h", message: "h: refused")
            case 2: return .json("<html>bad gateway</html>", status: 502)
            default: return .token("a")
            }
        }
        let client = try fixture.client(fixture.tokens())
        _ = try await client.request(PlatformRequest(method: .post, path: "/x", body: [:]), effect: effect)
        #expect(fixture.transport.tokenRequests == 3)
        #expect(fixture.transport.sent.count == 4)
    }

    @Test func tokenThatNeverComesFailsTheCallAfterItsAttempts() async throws {
        let fixture = Fixture { _, _ in
            throw HTTPTransportError(kind: .connect, sent: .notSent, host: "h", message: "h: refused")
        }
        let client = try fixture.client(fixture.tokens())
        let error = await #expect(throws: ClientError.self) { try await Self.write(client) }
        #expect(error?.kind == .network && error?.outcome == .notSent && error?.attempts == 0)
        #expect(fixture.transport.tokenRequests == 3)
    }
}
