import ScriptedServer
import Synchronization
import Testing

@testable import C8HTTP

/// A request that a kept connection has failed is sent again: what the first sending may have done is not undone by it.
@Suite(.timeLimit(.minutes(2))) struct RepeatedRequestTests {
    /// The server carries a request out, and goes away before it answers.
    @Test func whatCannotBeSentAgainMayHaveArrived() async throws {
        try await withServer { moment in
            guard case .request(let request) = moment else { return .goOn }
            return request.number == 1 ? .answer() : .close
        } _: { fixture async throws in
            _ = try await fixture.send(body: [1])
            // Closes no connection that was accepted.
            await fixture.server.stop()
            let error = try await failure { try await fixture.send(body: [1]) }
            #expect(error.kind == .connect)
            #expect(error.sent == .maybeSent)
            #expect(fixture.server.requests.count == 2)
            // What never was on a connection, was not sent.
            #expect(try await failure { try await fixture.send(body: [1]) }.sent == .notSent)
        }
    }

    /// The same where the name has no address any more.
    @Test func whatCannotBeResolvedAgainMayHaveArrived() async throws {
        let server = try await ScriptedServer.start { moment in
            guard case .request(let request) = moment else { return .goOn }
            return request.number == 1 ? .answer() : .close
        }
        let count = Atomic<Int>(0)
        let transport = SocketTransport(
            resolver: HostResolver { _ async throws(CancellationError) in
                count.add(1, ordering: .relaxed).oldValue == 0 ? ["127.0.0.1"] : []
            }, logger: Fixture.silent)
        let request = HTTPRequest(method: "POST", url: "http://erp.test:\(server.port)/", body: [1])
        #expect(try await transport.send(request).status == 200)
        let error = try await failure { try await transport.send(request) }
        #expect(error.kind == .resolve)
        #expect(error.sent == .maybeSent)
        await transport.shutdown()
        await server.stop()
    }
}
