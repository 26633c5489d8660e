import C8HTTP
import NIOCore
import NIOPosix
import NIOTLS
import ScriptedServer
import Synchronization
import Testing

/// A request with a gate goes to an address that the gate let pass, and to no other.
@Suite struct DialGateTests {
    private struct Refused: Error, CustomStringConvertible {
        let address: String
        var description: String { "not \(address)" }
    }

    /// A gate that lets some addresses pass and notes what it was asked.
    private final class Gate: Sendable {
        private let open: Set<String>
        let asked = Mutex<[String]>([])

        init(open: Set<String>) {
            self.open = open
        }

        func gate(_ host: String) -> DialGate {
            DialGate(host: host) { address in
                self.asked.withLock { $0.append(address) }
                return self.open.contains(address) ? nil : Refused(address: address)
            }
        }
    }

    private func send(
        to url: String, host: String, gate: Gate, addresses: [String] = [], timeout: Duration = .seconds(30)
    ) async throws -> HTTPResponse {
        let resolver = HostResolver { _ async throws(CancellationError) in addresses }
        return try await send(to: url, host: host, gate: gate, resolver: resolver, timeout: timeout)
    }

    private func send(
        to url: String, host: String, gate: Gate, resolver: HostResolver, timeout: Duration
    ) async throws -> HTTPResponse {
        let transport = SocketTransport(resolver: resolver, logger: Fixture.silent)
        let request = HTTPRequest(method: "GET", url: url, timeout: timeout, gate: gate.gate(host))
        do throws(HTTPTransportError) {
            let response = try await transport.send(request)
            await transport.shutdown()
            return response
        } catch {
            await transport.shutdown()
            throw error
        }
    }

    @Test func nameIsDialledAtTheJudgedAddress() async throws {
        try await withServer(ScriptedServer.answering(.answer(body: Array("hello".utf8)))) { fixture in
            let gate = Gate(open: ["127.0.0.1"])
            let url = "http://erp.test:\(fixture.server.port)/x"
            let response = try await send(to: url, host: "erp.test", gate: gate, addresses: ["127.0.0.1"])
            #expect(response.body == Array("hello".utf8))
            let requests = fixture.server.requests
            let ours = requests.filter { $0.line.hasPrefix("GET /x ") }
            let hosts = ours.flatMap(\.headers).filter { $0.name.lowercased() == "host" }.map(\.value)
            #expect(ours.count == 1 && hosts == ["erp.test:\(fixture.server.port)"], "\(requests)")
        }
    }

    @Test func addressInBracketsIsDialledAsItWasJudged() async throws {
        let server: ScriptedServer
        do {
            server = try await ScriptedServer.start(
                on: "::1", ScriptedServer.answering(.answer(body: Array("hello".utf8))))
        } catch {
            // A machine without the protocol.
            return
        }
        let gate = Gate(open: ["::1"])
        let response = try await send(to: "http://[::1]:\(server.port)/x", host: "::1", gate: gate)
        #expect(response.body == Array("hello".utf8))
        #expect(gate.asked.withLock { $0 } == ["::1"])
        await server.stop()
    }

    @Test func refusedAddressesAreNeverDialled() async throws {
        try await withServer(ScriptedServer.answering(.answer())) { fixture in
            let gate = Gate(open: [])
            let url = "http://erp.test:\(fixture.server.port)/"
            let error = try await #require(throws: HTTPTransportError.self) {
                try await send(to: url, host: "erp.test", gate: gate, addresses: ["127.0.0.1", "::1"])
            }
            #expect(error.kind == .refused)
            #expect(error.sent == .notSent)
            #expect(error.cause is Refused)
            #expect(gate.asked.withLock { $0 } == ["127.0.0.1", "::1"])
            #expect(fixture.server.accepts == 0)
        }
    }

    @Test func permittedAddressIsTakenAndTheOthersLeft() async throws {
        try await withServer(ScriptedServer.answering(.answer())) { fixture in
            let gate = Gate(open: ["127.0.0.1"])
            let url = "http://erp.test:\(fixture.server.port)/"
            let response = try await send(
                to: url, host: "erp.test", gate: gate, addresses: ["127.9.9.9", "127.0.0.1"])
            #expect(response.status == 200)
        }
    }

    @Test func nextAddressIsTriedWhereNobodyListens() async throws {
        try await withServer(ScriptedServer.answering(.answer())) { fixture in
            let gate = Gate(open: ["127.0.0.7", "127.0.0.1"])
            let url = "http://erp.test:\(fixture.server.port)/"
            let response = try await send(
                to: url, host: "erp.test", gate: gate, addresses: ["127.0.0.7", "127.0.0.1"])
            #expect(response.status == 200)
        }
    }

    /// The DNS answers once with an open address, and from then on with a closed one.
    @Test func answerThatChangesIsJudgedAnew() async throws {
        try await withServer(ScriptedServer.answering(.answer())) { fixture in
            let count = Atomic<Int>(0)
            let gate = Gate(open: ["127.0.0.1"])
            let resolver = HostResolver { _ async throws(CancellationError) in
                count.add(1, ordering: .relaxed).oldValue == 0 ? ["127.0.0.1"] : ["127.0.0.2"]
            }
            let transport = SocketTransport(resolver: resolver, logger: Fixture.silent)
            let request = HTTPRequest(
                method: "GET", url: "http://erp.test:\(fixture.server.port)/", gate: gate.gate("erp.test"))
            let first = try await transport.send(request)
            #expect(first.status == 200)
            await #expect(throws: HTTPTransportError.self) { try await transport.send(request) }
            await transport.shutdown()
            #expect(fixture.server.accepts == 1)
        }
    }

    @Test(arguments: ["127.0.0.1", "10.255.255.1"])
    func addressInTheURLIsJudgedToo(host: String) async throws {
        let gate = Gate(open: [])
        let error = try await #require(throws: HTTPTransportError.self) {
            try await send(to: "http://\(host):9/", host: host, gate: gate)
        }
        #expect(error.kind == .refused)
        #expect(gate.asked.withLock { $0 } == [host])
    }

    @Test func gateForAnotherHostIsAMistake() async throws {
        try await withServer(ScriptedServer.answering(.answer())) { fixture in
            let gate = Gate(open: ["127.0.0.1"])
            let error = try await #require(throws: HTTPTransportError.self) {
                try await send(
                    to: "http://other.test:\(fixture.server.port)/", host: "erp.test", gate: gate,
                    addresses: ["127.0.0.1"])
            }
            #expect(error.kind == .invalidRequest)
            #expect(fixture.server.accepts == 0)
        }
    }

    @Test func nameWithoutAddressesIsSaidToBeUnknown() async throws {
        let gate = Gate(open: [])
        let error = try await #require(throws: HTTPTransportError.self) {
            try await send(to: "http://erp.test/", host: "erp.test", gate: gate)
        }
        #expect(error.kind == .resolve)
        #expect(error.message.contains("spelling"))
    }

    @Test func nameServiceThatNeverAnswersEndsWithTheTimeout() async throws {
        let gate = Gate(open: [])
        let never = HostResolver { _ async throws(CancellationError) in
            while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
            throw CancellationError()
        }
        let error = try await #require(throws: HTTPTransportError.self) {
            try await send(
                to: "http://erp.test/", host: "erp.test", gate: gate, resolver: never, timeout: .milliseconds(50))
        }
        #expect(error.kind == .timeout)
    }

    @Test func systemResolverKnowsLocalhost() async throws {
        let addresses = try await HostResolver.system.addresses(of: "localhost")
        #expect(addresses.contains("127.0.0.1") || addresses.contains("::1"))
        let none = try await HostResolver.system.addresses(of: "no-such-host.invalid")
        #expect(none.isEmpty)
    }

    /// The certificate is asked for by name although the connection goes to an address.
    @Test func nameStaysInTheTLSHandshake() async throws {
        let (names, continuation) = AsyncStream.makeStream(of: String.self)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = ByteToMessageHandler(
                        SNIHandler { result in
                            if case .hostname(let name) = result { continuation.yield(name) }
                            return channel.close()
                        })
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(channel.localAddress?.port)
        let gate = Gate(open: ["127.0.0.1"])
        await #expect(throws: HTTPTransportError.self) {
            try await send(to: "https://erp.test:\(port)/", host: "erp.test", gate: gate, addresses: ["127.0.0.1"])
        }
        var iterator = names.makeAsyncIterator()
        #expect(await iterator.next() == "erp.test")
        try await channel.close()
    }
}
