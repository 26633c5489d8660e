import C8HTTP
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(2))) struct TransportFailureTests {
    /// Far below the bounds of the requests here, and far above what a busy machine needs.
    private static let soon = Duration.seconds(20)

    @Test func refusedConnectionSaysSoAtOnce() async throws {
        let occupied = try OccupiedPort(.refuses)
        try await withTransport { transport async throws in
            let start = ContinuousClock.now
            let error = try await failure {
                try await transport.send(
                    HTTPRequest(
                        method: "GET", url: "http://127.0.0.1:\(occupied.port)\(Fixture.target)", timeout: .seconds(60))
                )
            }
            #expect(ContinuousClock.now - start < Self.soon)
            #expect(error.kind == .connect)
            #expect(error.sent == .notSent)
            #expect(error.host == "127.0.0.1:\(occupied.port)")
            #expect(error.message.contains("127.0.0.1:\(occupied.port)"))
            #expect(error.message.contains("connection refused"))
        }
    }

    @Test func connectionThatNobodyAcceptsIsBoundedByItsOwnTime() async throws {
        let occupied = try OccupiedPort(.ignores)
        try await withTransport(connectTimeout: .milliseconds(200)) { transport async throws in
            let start = ContinuousClock.now
            let error = try await failure {
                try await transport.send(
                    HTTPRequest(
                        method: "GET", url: "http://127.0.0.1:\(occupied.port)\(Fixture.target)", timeout: .seconds(60))
                )
            }
            #expect(ContinuousClock.now - start < Self.soon)
            #expect(error.kind == .connect)
            #expect(error.sent == .notSent)
        }
    }

    @Test func unknownHostIsNotResolved() async throws {
        try await withTransport { transport async throws in
            let start = ContinuousClock.now
            let error = try await failure {
                try await transport.send(
                    HTTPRequest(
                        method: "GET", url: "http://no-such-host.invalid:8080\(Fixture.target)", timeout: .seconds(60)))
            }
            #expect(ContinuousClock.now - start < Self.soon)
            #expect(error.kind == .resolve)
            #expect(error.sent == .notSent)
            #expect(error.host == "no-such-host.invalid:8080")
        }
    }

    enum Break: Sendable, CaseIterable {
        case afterAccept
        case afterHead
        case afterRequest
        case inTheAnswersHead
        case inTheAnswersBody
        case inTheAnswersChunk

        func action(_ moment: ScriptedServer.Moment) -> ScriptedServer.Action {
            switch (self, moment) {
            case (.afterAccept, .accepted), (.afterHead, .head), (.afterRequest, .request): .close
            case (.inTheAnswersHead, .request): .textThenClose("HTTP/1.1 200 OK\r\nContent-")
            case (.inTheAnswersBody, .request): .textThenClose("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234")
            case (.inTheAnswersChunk, .request):
                .textThenClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n012")
            default: .goOn
            }
        }
    }

    @Test(arguments: Break.allCases, [nil, 4_000_000])
    func brokenConnectionMayHaveCarriedTheRequest(point: Break, bodyBytes: Int?) async throws {
        try await withServer {
            point.action($0)
        } _: { fixture async throws in
            let error = try await failure {
                try await fixture.send(
                    body: bodyBytes.map { Array(repeating: 1, count: $0) }, reusesConnection: false)
            }
            #expect(error.kind == .closed)
            // Closed at once, the connection may break before the head is written: then both are true.
            // Closed after the head, it may break in the middle of a body of many pieces.
            switch point {
            case .afterAccept: break
            case .afterHead: #expect(error.sent != .notSent)
            default: #expect(error.sent == .maybeSent)
            }
            if fixture.server.requests.count > 0 { #expect(error.sent == .maybeSent) }
            #expect(fixture.server.accepts == 1, "a failed request is not repeated")
            #expect(error.host == "127.0.0.1:\(fixture.server.port)")
        }
    }

    @Test(
        arguments: [
            "garbage\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/9.9\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        ])
    func answerThatIsNoHTTPIsAnError(answer: String) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .textThenClose(answer)
        } _: { fixture async throws in
            let error = try await failure { try await fixture.send() }
            #expect(error.sent == .maybeSent)
            #expect([.protocolViolation, .closed].contains(error.kind), "\(error)")
        }
    }

    @Test(
        arguments: [
            "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n01234",
            "HTTP/1.1 100 Continue\r\n\r\n",
        ])
    func answerThatDoesNotEndIsATimeout(beginning: String) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .text(beginning)
        } _: { fixture async throws in
            // The connection is there already, so the bound is spent on the answer alone.
            let start = ContinuousClock.now
            let error = try await failure { try await fixture.send(timeout: .milliseconds(500)) }
            let elapsed = ContinuousClock.now - start
            #expect(elapsed >= .milliseconds(400) && elapsed < Self.soon)
            #expect(error.kind == .timeout)
            #expect(error.message.hasSuffix("no answer within 500 ms"), "\(error.message)")
            #expect(error.sent == .maybeSent)
            await fixture.server.wait(for: .closed)
        }
    }

    @Test func cancelledTaskEndsItsRequestAndConnection() async throws {
        try await withServer { _ in
            .goOn
        } _: { fixture async throws in
            let task = Task { try await failure { try await fixture.send() } }
            await fixture.server.wait(for: .request(1))
            let start = ContinuousClock.now
            task.cancel()
            let error = try await task.value
            await fixture.server.wait(for: .closed)
            #expect(ContinuousClock.now - start < Self.soon)
            #expect(error.kind == .cancelled)
            #expect(error.sent == .maybeSent)
        }
    }

    @Test func cancelledTaskSendsNothingNew() async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer()
        } _: { fixture async throws in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await failure { try await fixture.send() }
            }
            let error = try await task.value
            #expect(error.kind == .cancelled)
            #expect(error.sent == .notSent)
            #expect(fixture.server.requests.isEmpty)
        }
    }

    @Test(
        arguments: [
            "", "a", "/path", "127.0.0.1", "http://", "http:///path", "http:path", "ftp://127.0.0.1/path",
            "http://[::1/path",
            "http://127.0.0.1:port/path", "http://127.0.0.1:65536/path", "http://[::1]:99999/path",
            "http://localhost:99999999999999999999/path", "http://localhost:-1/path", "path?next=//", "a?b:/",
            "http+unix://%2Ftmp%2Fsocket/path", "unix:///tmp/socket",
        ])
    func invalidURLIsNotSent(url: String) async throws {
        try await withTransport { transport async throws in
            let mark = url.contains("?") ? "" : "?code="
            let error = try await failure {
                try await transport.send(HTTPRequest(method: "GET", url: url + mark + Fixture.canary))
            }
            #expect(error.kind == .invalidRequest)
            #expect(error.sent == .notSent)
        }
    }

    @Test(
        arguments: [
            (name: "X", value: "a\r\n\(Fixture.canary): b"), (name: "X", value: "a\u{0}\(Fixture.canary)"),
            (name: "X \(Fixture.canary)", value: "a"), (name: "", value: Fixture.canary),
        ])
    func invalidHeaderIsNotSentAndNotShown(header: (name: String, value: String)) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer()
        } _: { fixture async throws in
            let error = try await failure {
                try await fixture.transport.send(
                    HTTPRequest(method: "GET", url: fixture.server.url(Fixture.target), headers: [header]))
            }
            #expect(error.kind == .invalidRequest)
            #expect(error.sent == .notSent)
            #expect(fixture.server.requests.isEmpty)
        }
    }

    @Test(arguments: ["", "GET /other HTTP/1.1\r\nX:", "GE T", "GET\n"])
    func invalidMethodIsNotSent(method: String) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer()
        } _: { fixture async throws in
            let error = try await failure {
                try await fixture.transport.send(HTTPRequest(method: method, url: fixture.server.url(Fixture.target)))
            }
            #expect(error.kind == .invalidRequest)
            #expect(error.sent == .notSent)
            #expect(fixture.server.requests.isEmpty)
        }
    }

    @Test(
        arguments: [("HTTP/1.1 400 Bad Request\r\n\r\n", [.tls]), ("", [.tls, .closed, .connect])]
            as [(String, Set<HTTPTransportError.Kind>)])
    func serverWithoutTLSGetsNoRequest(greeting: String, kinds: Set<HTTPTransportError.Kind>) async throws {
        try await withServer { moment in
            guard case .accepted = moment else { return .goOn }
            return .textThenClose(greeting)
        } _: { fixture async throws in
            let error = try await failure { try await fixture.send(scheme: "https") }
            #expect(kinds.contains(error.kind), "\(error)")
            #expect(error.sent == .notSent)
        }
    }

    @Test(
        arguments: [
            ("http://user:\(Fixture.canary)@127.0.0.1:1/", "127.0.0.1:1"), ("http://127.0.0.1:1", "127.0.0.1:1"),
            ("http://127.0.0.1:1#\(Fixture.canary)", "127.0.0.1:1"), ("http://[::1]:1/a", "[::1]:1"),
        ])
    func onlyTheHostOfTheURLIsShown(url: String, host: String) async throws {
        try await withTransport { transport async throws in
            let error = try await failure {
                try await transport.send(HTTPRequest(method: "GET", url: url, timeout: .seconds(60)))
            }
            #expect(error.host == host)
            #expect(error.sent == .notSent)
        }
    }
}
