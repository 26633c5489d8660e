import C8HTTP
import ScriptedServer
import Testing

@Suite(.timeLimit(.minutes(2))) struct SocketTransportTests {
    @Test(
        arguments: [
            ("GET", nil), ("POST", []), ("POST", Array("{\"名\":1}".utf8)), ("PUT", Array(0...255)), ("DELETE", nil),
            ("PATCH", Array(repeating: 7, count: 300_000)),
        ] as [(String, [UInt8]?)])
    func requestArrivesAsItWasMade(method: String, body: [UInt8]?) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer()
        } _: { fixture async throws in
            _ = try await fixture.transport.send(
                HTTPRequest(
                    method: method, url: fixture.server.url("/a%2Fb/%E5%90%8D?q=1&q=%20"),
                    headers: [("X-Two", "1"), ("Authorization", "token ~!"), ("X-Two", "2")], body: body))
            let request = try #require(fixture.server.requests.first)
            #expect(request.line == "\(method) /a%2Fb/%E5%90%8D?q=1&q=%20 HTTP/1.1")
            #expect(request.body == body ?? [])
            let own = request.headers.filter { $0.name.hasPrefix("X-") || $0.name == "Authorization" }
            #expect(own.map { "\($0.name): \($0.value)" } == ["X-Two: 1", "Authorization: token ~!", "X-Two: 2"])
            // What HTTP needs, and nothing that tells who is calling.
            let added = Set(request.headers.map { $0.name.lowercased() }).subtracting(["x-two", "authorization"])
            #expect(added.isSubset(of: ["host", "content-length", "connection", "accept-encoding"]))
        }
    }

    @Test(
        arguments: [
            ("200 OK", Array("{\"code\":200}".utf8)), ("200 OK", Array(0...255)), ("201 Created", []),
            ("400 Bad Request", [1]),
            ("401 Unauthorized", [1]), ("404 Not Found", []), ("429 Too Many Requests", [1]), ("500 Oops", [1]),
            ("599 Nobody knows", [1]),
        ] as [(String, [UInt8])])
    func answerIsReadAsItWasSent(status: String, body: [UInt8]) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer(status, headers: ["X-Two: 1", "x-two: 2", "X-Text: a: b"], body: body)
        } _: { fixture async throws in
            let response = try await fixture.send()
            #expect(response.status == Int(status.prefix(3)))
            #expect(response.body == body)
            #expect(response.headers.filter { $0.name.lowercased() == "x-two" }.map { $0.value } == ["1", "2"])
            #expect(response.header(named: "X-TEXT") == "a: b")
        }
    }

    /// The ways in which HTTP tells where a body ends.
    @Test(
        arguments: [
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde"),
            ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde", "abcde"), ("HTTP/1.0 200 OK\r\n\r\nabcde", "abcde"),
            ("HTTP/1.1 204 No Content\r\n\r\n", ""), ("HTTP/1.1 304 Not Modified\r\n\r\n", ""),
            ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na", "a"),
        ])
    func bodyIsReadToItsEnd(answer: String, body: String) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .textThenClose(answer)
        } _: { fixture async throws in
            #expect(String(decoding: try await fixture.send().body, as: UTF8.self) == body)
        }
    }

    @Test(arguments: ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
    func redirectIsAnAnswerAndNotFollowed(status: String) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer(status, headers: ["Location: /elsewhere"])
        } _: { fixture async throws in
            let response = try await fixture.send()
            #expect(response.status == Int(status.prefix(3)))
            #expect(response.header(named: "location") == "/elsewhere")
            #expect(fixture.server.requests.count == 1)
        }
    }

    /// 1000 times "a", in 29 bytes.
    private static let compressed: [UInt8] = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x4b, 0x4c, 0x1c, 0x05, 0xa3, 0x60, 0x14, 0x0c,
        0x77,
        0x00, 0x00, 0x03, 0xda, 0x38, 0x9a, 0xe8, 0x03, 0x00, 0x00,
    ]

    @Test(
        arguments: [
            ("Content-Length: 10\r\n\r\n0123456789", 10, 10), ("Content-Length: 11\r\n\r\n0123456789a", 10, nil),
            ("Transfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n5\r\nabcde\r\n0\r\n\r\n", 10, nil),
            ("Connection: close\r\n\r\n0123456789a", 10, nil), ("Content-Length: 1\r\n\r\n0", 0, nil),
            ("Content-Length: 0\r\n\r\n", 0, 0),
        ] as [(String, Int, Int?)])
    func answerBeyondTheLimitIsAnError(answer: String, limit: Int, size: Int?) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .textThenClose("HTTP/1.1 200 OK\r\n" + answer)
        } _: { fixture async throws in
            if let size {
                #expect(try await fixture.send(maximumResponseBytes: limit).body.count == size)
            } else {
                let error = try await failure { try await fixture.send(maximumResponseBytes: limit) }
                #expect(error.kind == .tooLarge)
                #expect(error.sent == .maybeSent)
            }
        }
    }

    @Test(arguments: [(1000, true), (999, false)])
    func limitCountsAfterDecompression(limit: Int, fits: Bool) async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer(headers: ["Content-Encoding: gzip"], body: Self.compressed)
        } _: { fixture async throws in
            if fits {
                let body = try await fixture.send(maximumResponseBytes: limit).body
                #expect(body == Array(repeating: UInt8(ascii: "a"), count: 1000))
            } else {
                #expect(try await failure { try await fixture.send(maximumResponseBytes: limit) }.kind == .tooLarge)
            }
        }
    }

    /// 300 000 times "a", in 326 bytes: within the limit, and too much from so little.
    private static let bomb: [UInt8] =
        [
            0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x01, 0x0d, 0x00, 0x00, 0x00, 0xc2,
            0xa0, 0xac, 0xef, 0x5f, 0xc2, 0x1e, 0x0e, 0x28,
        ] + Array(repeating: 0, count: 290) + [0xf8, 0x31, 0x5f, 0xf2, 0x4e, 0xf4, 0xe0, 0x93, 0x04, 0x00]

    @Test func decompressionIsBoundedByItsRatioToo() async throws {
        try await withServer { moment in
            guard case .request = moment else { return .goOn }
            return .answer(headers: ["Content-Encoding: gzip"], body: Self.bomb)
        } _: { fixture async throws in
            let error = try await failure { try await fixture.send(maximumResponseBytes: 1 << 20) }
            #expect(error.kind == .tooLarge)
            #expect(error.sent == .maybeSent)
        }
    }
}
