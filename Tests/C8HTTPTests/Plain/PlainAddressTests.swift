import Glibc
import ScriptedServer
import Testing

@testable import C8HTTP

/// A host may have several addresses, and not all of them answer.
@Suite(.timeLimit(.minutes(1))) struct PlainAddressTests {
    @Test(arguments: [OccupiedPort.Behaviour.refuses, .ignores])
    func theNextAddressIsTried(first: OccupiedPort.Behaviour) async throws {
        let server = try await ScriptedServer.start { moment in
            if case .request = moment { .answer() } else { .goOn }
        }
        let occupied = try OccupiedPort(first, host: 2, port: server.port)
        defer { withExtendedLifetime(occupied) {} }
        let transport = SocketTransport(
            connectTimeout: .milliseconds(200),
            resolver: HostResolver { _ async throws(CancellationError) in ["127.0.0.2", "127.0.0.1"] },
            logger: Fixture.silent)
        let request = HTTPRequest(method: "POST", url: "http://erp.test:\(server.port)/", reusesConnection: false)
        #expect(try await transport.send(request).status == 200)
        #expect(server.requests.count == 1)
        await transport.shutdown()
        await server.stop()
    }

    /// Nothing is wrong with the server then.
    @Test(arguments: [EMFILE, ENFILE]) func wantOfDescriptorsIsSaid(number: Int32) {
        let error = TransportFailure(url: "http://a.test/").classify(
            PlainProblem.connect(number), sent: .notSent, timeout: .seconds(1), connectTimeout: .seconds(1))
        #expect(error.kind == .connect && error.sent == .notSent)
        #expect(error.message.contains("ulimit -n"))
        #expect(!error.message.contains("running"))
    }

    /// Where none answers, the failure is that of connecting, and within the request's time.
    @Test func noneAnswers() async throws {
        let occupied = try OccupiedPort(.ignores)
        defer { withExtendedLifetime(occupied) {} }
        let transport = SocketTransport(
            connectTimeout: .milliseconds(200),
            resolver: HostResolver { _ async throws(CancellationError) in ["127.0.0.1", "127.0.0.1"] },
            logger: Fixture.silent)
        let request = HTTPRequest(method: "GET", url: "http://erp.test:\(occupied.port)/")
        let error = try await failure { try await transport.send(request) }
        #expect(error.kind == .connect && error.sent == .notSent)
        await transport.shutdown()
    }
}
