import C8HTTP
import C8Platform
import Synchronization
import Testing

@testable import C8Client

/// What becomes of writes when the program ends: those under way are awaited, outcome and all, and none begins.
@Suite struct WritesInFlightTests {
    /// Answers a call when it is told to; cancelled, it is cut as a connection would be.
    private final class Gateway: Sendable {
        private let stream = AsyncStream<HTTPResponse>.makeStream()
        private let arrivals = AsyncStream<Void>.makeStream()

        func answer() { stream.continuation.yield(.json(#"{"code": 200, "message": ""}"#)) }

        func next() async throws -> HTTPResponse {
            arrivals.continuation.yield()
            for await response in stream.stream { return response }
            throw CancellationError()
        }

        /// A call has arrived.
        func arrival() async { for await _ in arrivals.stream { return } }
    }

    private struct Parts {
        let client: PlatformClient
        let gateway = Gateway()
        let log = LogRecorder()
        let fixture: Fixture

        init() throws {
            let gateway = gateway
            fixture = Fixture { request, _ in
                request.url.hasSuffix("/get-token") ? .token("a") : try await gateway.next()
            }
            client = try fixture.client(fixture.tokens(), logger: log.logger)
        }

        func write() async throws -> CallAnswer {
            try await client.request(PlatformRequest(method: .post, path: "/x", body: [:]), effect: .write)
        }

        var notes: [String] { log.texts.filter { $0.contains("when the script was stopped has ended") } }
    }

    @Test func drainWaitsUntilTheOutcomeIsTold() async throws {
        let parts = try Parts()
        let call = Task { try await parts.write() }
        await parts.gateway.arrival()
        call.cancel()
        let drained = Task {
            await parts.client.drain(atMost: .seconds(60))
            return parts.notes
        }
        parts.gateway.answer()
        let notes = await drained.value
        #expect(notes.count == 1 && notes[0].contains("done"))
        _ = try await call.value
    }

    @Test func whatIsNotAnsweredInTimeIsCutAndUnknown() async throws {
        let parts = try Parts()
        let call = Task { try await parts.write() }
        await parts.gateway.arrival()
        call.cancel()
        await parts.client.drain(atMost: .zero)
        #expect(parts.notes.count == 1)
        let error = await #expect(throws: ClientError.self) { try await call.value }
        #expect(error?.kind == .cancelled && error?.outcome == .unknown)
    }

    @Test func noWriteBeginsAfterwards() async throws {
        let parts = try Parts()
        await parts.client.drain(atMost: .seconds(60))
        let error = await #expect(throws: ClientError.self) { try await parts.write() }
        #expect(error?.kind == .cancelled && error?.outcome == .notSent)
        #expect(parts.fixture.transport.sent.isEmpty)
    }

    @Test func cancelledTaskSendsNoWrite() async throws {
        let parts = try Parts()
        // So that not even the token has to be waited for.
        parts.gateway.answer()
        _ = try await parts.write()
        let call = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await parts.write()
        }
        call.cancel()
        let error = await #expect(throws: ClientError.self) { try await call.value }
        #expect(error?.kind == .cancelled && error?.outcome == .notSent)
        #expect(parts.fixture.transport.sent.filter { $0.url.hasSuffix("/x") }.count == 1)
    }

    @Test func drainOfNothingTakesNoTime() async {
        let writes = WritesInFlight(host: "h")
        let began = ContinuousClock.now
        await writes.drain(atMost: .seconds(60))
        #expect(ContinuousClock.now - began < .seconds(30))
    }
}
