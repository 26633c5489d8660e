import ScriptedServer
import Testing

@testable import C8HTTP

/// Requests that were begun without a task that waits for them, and are ended by something else than their answer.
@Suite(.timeLimit(.minutes(2))) struct BegunRequestTests {
    typealias End = Result<HTTPResponse, HTTPTransportError>

    /// Begins a request on the executor's thread, which serves its socket, and waits for its end.
    private static func end(
        of request: HTTPRequest, by transport: SocketTransport, on executor: LoopExecutor,
        until cancellation: HTTPCancellation
    ) async -> End? {
        await withTaskExecutorPreference(executor) {
            await withCheckedContinuation { continuation in
                let isBegun = transport.begin(request, until: cancellation) { continuation.resume(returning: $0) }
                if !isBegun { continuation.resume(returning: nil) }
            }
        }
    }

    private static func failure(_ end: End?) -> HTTPTransportError? {
        guard case .failure(let error)? = end else { return nil }
        return error
    }

    /// The server may have carried it out, and its answer must not be taken for that of another request.
    @Test(arguments: [true, false]) func aCancelledOneMayHaveArrivedAndTakesItsConnectionAlong(
        reusesConnection: Bool
    ) async throws {
        let server = try await ScriptedServer.start { moment in
            guard case .request(let request) = moment, request.number != 2 else { return .goOn }
            return .answer(body: [UInt8(request.number)])
        }
        let transport = SocketTransport(logger: Fixture.silent)
        let executor = try LoopExecutor()
        defer { executor.end() }
        let request = HTTPRequest(
            method: "POST", url: server.url("/"), body: [1], reusesConnection: reusesConnection)
        _ = await Self.end(of: request, by: transport, on: executor, until: HTTPCancellation())
        let cancellation = HTTPCancellation()
        async let cancelled = Self.end(of: request, by: transport, on: executor, until: cancellation)
        await server.wait(for: .request(2))
        cancellation.cancel()
        let error = Self.failure(await cancelled)
        #expect(error?.kind == .cancelled && error?.sent == .maybeSent)
        let next = try await Self.end(of: request, by: transport, on: executor, until: HTTPCancellation())?.get()
        #expect(next?.body == [3])
        #expect(server.accepts == (reusesConnection ? 2 : 3))
        await transport.shutdown()
        await server.stop()
    }

    @Test func oneWhoseTimeIsOverMayHaveArrivedAndTakesItsConnectionAlong() async throws {
        let server = try await ScriptedServer.start { moment in
            guard case .request(let request) = moment, request.number > 1 else { return .goOn }
            return .answer(body: [UInt8(request.number)])
        }
        let transport = SocketTransport(logger: Fixture.silent)
        let executor = try LoopExecutor()
        defer { executor.end() }
        var request = HTTPRequest(method: "POST", url: server.url("/"), body: [1], timeout: .milliseconds(300))
        let late = await Self.end(of: request, by: transport, on: executor, until: HTTPCancellation())
        let error = Self.failure(late)
        #expect(error?.kind == .timeout && error?.sent == .maybeSent)
        request.timeout = .seconds(30)
        let next = try await Self.end(of: request, by: transport, on: executor, until: HTTPCancellation())?.get()
        #expect(next?.body == [2])
        #expect(server.accepts == 2)
        await transport.shutdown()
        await server.stop()
    }

    @Test func oneThatWasCancelledBeforeItBeganEndsAllTheSame() async throws {
        let server = try await ScriptedServer.start { _ in .goOn }
        let transport = SocketTransport(logger: Fixture.silent)
        let executor = try LoopExecutor()
        defer { executor.end() }
        let cancellation = HTTPCancellation()
        cancellation.cancel()
        let request = HTTPRequest(method: "POST", url: server.url("/"), body: [1])
        let end = await Self.end(of: request, by: transport, on: executor, until: cancellation)
        #expect(Self.failure(end)?.kind == .cancelled)
        await transport.shutdown()
        await server.stop()
    }
}
