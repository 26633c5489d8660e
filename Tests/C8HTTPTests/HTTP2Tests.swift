import C8HTTP
import Synchronization
import Testing

/// A real server behind TLS that speaks HTTP/2.
@Suite(
    .timeLimit(.minutes(2)), .enabled(if: SelfSignedCertificate.isPossible, "openssl makes the server's certificate"))
struct HTTP2Tests {
    private struct Parts: Sendable {
        let server: SecureServer
        let transport: SocketTransport

        func send(
            _ body: [UInt8]? = nil, repeatable: Bool = true, host: String = "127.0.0.1", maximum: Int = 64 << 20
        ) async throws(HTTPTransportError) -> HTTPResponse {
            try await transport.send(
                HTTPRequest(
                    method: body == nil ? "GET" : "POST", url: "https://\(host):\(server.port)/", body: body,
                    maximumResponseBytes: maximum, reusesConnection: repeatable))
        }
    }

    private static func with(
        authorities: TrustedAuthorities? = nil, _ script: @escaping SecureServer.Script,
        _ body: (Parts) async throws -> Void
    ) async throws {
        let certificate = try SelfSignedCertificate.shared.get()
        let server = try await SecureServer.start(certificate, script)
        let transport = SocketTransport(
            authorities: authorities ?? TrustedAuthorities(file: certificate.file), logger: Fixture.silent)
        let result: Result<Void, any Error>
        do {
            result = .success(try await body(Parts(server: server, transport: transport)))
        } catch {
            result = .failure(error)
        }
        await transport.shutdown()
        await server.stop()
        try result.get()
    }

    private static func text(_ response: HTTPResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test func manyCallsShareOneConnection() async throws {
        try await Self.with {
            .answer($0.body)
        } _: { parts async throws in
            // The first one finds out what the server speaks.
            _ = try await parts.send()
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let body = Array("\(number)".utf8)
                        return try await parts.send(body).body == body
                    }
                }
                for try await same in group { #expect(same) }
            }
            #expect(parts.server.requests.count == 201)
            #expect(parts.server.requests.allSatisfy { $0.isHTTP2 && $0.connection == 1 })
        }
    }

    @Test func callThatMustNotBeRepeatedHasAConnectionOfItsOwn() async throws {
        try await Self.with { _ in
            .answer([1])
        } _: { parts async throws in
            for _ in 0..<2 { _ = try await parts.send([2], repeatable: false) }
            #expect(parts.server.requests.map(\.isHTTP2) == [false, false])
            #expect(parts.server.requests.map(\.connection) == [1, 2])
        }
    }

    /// Many windows long in both directions (RFC 9113 §5.2).
    @Test(arguments: [true, false]) func longBodiesArriveWhole(repeatable: Bool) async throws {
        let body = (0..<(5 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try await Self.with {
            .answer($0.body)
        } _: { parts async throws in
            let answer = try await parts.send(body, repeatable: repeatable)
            #expect(answer.body == body)
            #expect(parts.server.requests.map(\.isHTTP2) == [repeatable])
        }
    }

    @Test func answerThatIsTooLongEndsItsCallAlone() async throws {
        try await Self.with {
            .answer([UInt8](repeating: 1, count: $0.body.isEmpty ? 1 << 20 : 1))
        } _: { parts async throws in
            let error = await #expect(throws: HTTPTransportError.self) { try await parts.send(maximum: 1000) }
            #expect(error?.kind == .tooLarge)
            #expect(try await parts.send([1]).body == [1])
            #expect(parts.server.requests.map(\.connection) == [1, 1])
        }
    }

    /// A server that is about to be restarted, say.
    @Test func goAwayCostsNoCallThatMayBeRepeated() async throws {
        try await Self.with {
            $0.number == 2 ? .goAway : .answer(Array("\($0.number)".utf8))
        } _: { parts async throws in
            #expect(try await Self.text(parts.send([1])) == "1")
            #expect(try await Self.text(parts.send([1])) == "3", "sent once more")
            #expect(try await Self.text(parts.send([1])) == "4")
            #expect(parts.server.requests.map(\.connection).prefix(2) == [1, 1])
            #expect(parts.server.requests.dropFirst(2).allSatisfy { $0.connection > 1 })
        }
    }

    @Test func goAwayLetsTheCallUnderWayBeAnswered() async throws {
        try await Self.with {
            $0.number == 1 ? .goAwayAndAnswer([7]) : .answer([8])
        } _: { parts async throws in
            #expect(try await parts.send([1]).body == [7])
            #expect(try await parts.send([1]).body == [8])
            #expect(parts.server.requests.map(\.connection) == [1, 2])
        }
    }

    /// Of many calls at once, some are turned away with the connection; each is answered once, or told as what it is.
    @Test func goAwayAmidManyCallsLosesNone() async throws {
        try await Self.with {
            $0.number == 40 ? .goAway : .answer($0.body)
        } _: { parts async throws in
            _ = try await parts.send()
            let failures: [HTTPTransportError] = try await withThrowingTaskGroup(of: HTTPTransportError?.self) {
                group in
                for number in 0..<100 {
                    group.addTask {
                        let body = Array("\(number)".utf8)
                        do throws(HTTPTransportError) {
                            let answer = try await parts.send(body)
                            #expect(answer.body == body)
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                return try await group.reduce(into: []) { failures, error in if let error { failures.append(error) } }
            }
            // Those that were under way when the connection went; the client above repeats them where they may be.
            #expect(failures.count < 100)
            #expect(failures.allSatisfy { $0.kind == .closed && $0.sent == .maybeSent }, "\(failures)")
        }
    }

    @Test func writeWhoseConnectionEndsIsOfUnknownFate() async throws {
        try await Self.with {
            $0.number == 1 ? .answer([]) : .hangUp
        } _: { parts async throws in
            _ = try await parts.send()
            let error = await #expect(throws: HTTPTransportError.self) { try await parts.send([1], repeatable: false) }
            #expect(error?.sent == .maybeSent)
            #expect(error?.kind == .closed || error?.kind == .tls, "\(String(describing: error))")
            #expect(parts.server.requests.count == 2, "sent once")
        }
    }

    // MARK: - Authorities

    @Test func unknownAuthorityIsNotBelieved() async throws {
        try await Self.with(authorities: TrustedAuthorities()) { _ in
            .answer([])
        } _: { parts async throws in
            for repeatable in [true, false] {
                let error = await #expect(throws: HTTPTransportError.self) {
                    try await parts.send(repeatable: repeatable)
                }
                #expect(error?.kind == .tls)
                #expect(error?.sent == .notSent)
            }
            #expect(parts.server.requests.isEmpty)
        }
    }

    @Test func certificateOfAnotherNameIsNotBelieved() async throws {
        try await Self.with { _ in
            .answer([])
        } _: { parts async throws in
            #expect(try await parts.send(host: "localhost").status == 200)
            let error = await #expect(throws: HTTPTransportError.self) { try await parts.send(host: "127.0.0.2") }
            #expect(error?.sent == .notSent)
        }
    }

    @Test func fileOfAuthoritiesThatIsMissingIsTold() async throws {
        try await Self.with(authorities: TrustedAuthorities(file: "/nonexistent/ca.pem")) { _ in
            .answer([])
        } _: { parts async throws in
            let error = await #expect(throws: HTTPTransportError.self) { try await parts.send() }
            #expect(error?.kind == .tls)
            #expect(error?.sent == .notSent)
            #expect(error?.message.contains("SSL_CERT_FILE") == true, "\(error?.message ?? "")")
        }
    }
}
