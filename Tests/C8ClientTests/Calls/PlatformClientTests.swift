import C8Client
import C8HTTP
import C8Platform
import Logging
import Synchronization
import Testing

@Suite struct PlatformClientTests {
    private func request(_ method: HTTPMethod = .post, _ path: String = "/x") throws -> PlatformRequest {
        try PlatformRequest(
            method: method, path: path,
            body: method == .post ? ["id": 1_575_418_076_977_623_040] : nil)
    }

    /// Answers get-token itself, and everything else by the closure, which counts from 1.
    private func fixture(
        interval: Duration = .zero, _ answer: @escaping @Sendable (HTTPRequest, Int) throws -> HTTPResponse
    ) -> Fixture {
        let calls = Mutex(0), fetches = Mutex(0)
        return Fixture(interval: interval) { request, _ in
            if request.url.hasSuffix("/get-token") {
                return .token("CANARY-token-\(fetches.withLock { $0 += 1; return $0 })")
            }
            return try answer(
                request,
                calls.withLock {
                    $0 += 1; return $0
                })
        }
    }

    private static let success = HTTPResponse.json(
        "{\"code\": 200, \"message\": \"success\", \"data\": {\"id\": 1575418076977623040}, \"traceId\": \"t\"}")

    @Test func callsAreOneTraceWithAParentEach() async throws {
        let fixture = fixture { _, _ in Self.success }
        let client = try fixture.client(fixture.tokens())
        for _ in 0..<2 { _ = try await client.request(request(), effect: .write) }
        let own = CallOptions(headers: [("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")])
        _ = try await client.request(request(), effect: .write, options: own)
        let headers = fixture.transport.sent.filter { !$0.url.hasSuffix("/get-token") }.map { request in
            request.headers.filter { $0.name.lowercased() == "traceparent" }.map(\.value)
        }
        #expect(headers.allSatisfy { $0.count == 1 })
        let values = headers.flatMap { $0 }
        for value in values { #expect(value.wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-01/) != nil, "\(value)") }
        #expect(values[0].prefix(35) == values[1].prefix(35))
        #expect(values[0] != values[1])
        #expect(values[2].hasPrefix("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"))
    }

    @Test func callCarriesTheBareTokenAndAnExactBody() async throws {
        let fixture = fixture { _, _ in Self.success }
        let answer = try await fixture.client(fixture.tokens()).request(request(), effect: .write)
        #expect(try answer.envelope?.data?.value()["id"] == .integer(1_575_418_076_977_623_040))
        let sent = try #require(fixture.transport.sent.last)
        #expect(sent.headers.first { $0.name == "Authorization" }?.value == "CANARY-token-1")
        #expect(String(decoding: sent.body ?? [], as: UTF8.self) == "{\"id\":1575418076977623040}")
        #expect(sent.reusesConnection == false)
    }

    @Test(arguments: [
        HTTPResponse.refusal(20_324_012), .refusal(20_324_013),
        .json("{\"code\": 500, \"message\": \"invalid token\", \"meta\": {\"status\": 401}}"),
        .json("{\"code\": 401, \"message\": \"invalid token\", \"meta\": {\"status\": \"401\"}}"),
        .json("{\"meta\": {\"status\": 401}, \"message\": \"please authenticate again\"}"),
        .json("unauthorised", status: 401),
    ])
    func refusedTokenIsReplacedAndTheCallMadeOnceMore(refusal: HTTPResponse) async throws {
        let fixture = fixture { _, number in number == 1 ? refusal : Self.success }
        let client = try fixture.client(fixture.tokens())
        _ = try await client.request(request(), effect: .write)
        let authorizations = fixture.transport.sent.compactMap {
            $0.headers.first { $0.name == "Authorization" }?.value
        }
        #expect(authorizations == ["CANARY-token-1", "CANARY-token-2"])
    }

    @Test func writeAfterAContradictionIsNotSentAgainButTheNextCallHasAnotherToken() async throws {
        let fixture = fixture { _, number in
            number == 1
                ? .json(#"{"code": 200, "message": "invalid token", "meta": {"status": 401}}"#) : Self.success
        }
        let client = try fixture.client(fixture.tokens())
        let error = await #expect(throws: ClientError.self) { try await client.request(self.request(), effect: .write) }
        #expect(error?.kind == .http && error?.outcome == .unknown && error?.attempts == 1)
        #expect(error?.message.contains("contradicts itself") == true)
        _ = try await client.request(request(), effect: .write)
        let authorizations = fixture.transport.sent.compactMap {
            $0.headers.first { $0.name == "Authorization" }?.value
        }
        #expect(authorizations == ["CANARY-token-1", "CANARY-token-2"])
    }

    @Test(arguments: [HTTPResponse.refusal(77), .json("no entry", status: 403)])
    func signsOfTheProfilesOwnCountToo(refusal: HTTPResponse) async throws {
        let fixture = fixture { _, number in number == 1 ? refusal : Self.success }
        let own = TokenRefusalRules([.init(.code(77), .observed), .init(.httpStatus(403), .observed)])
        let client = try PlatformClient(
            configuration: fixture.configuration, transport: fixture.transport, tokens: fixture.tokens(), refusals: own,
            clock: fixture.clock, timer: fixture.timer, logger: Fixture.silent)
        _ = try await client.request(request(), effect: .write)
        #expect(fixture.transport.tokenRequests == 2)
    }

    @Test func platformThatRefusesEveryTokenIsAskedTwice() async throws {
        let fixture = fixture { _, _ in .refusal(20_324_012) }
        let client = try fixture.client(fixture.tokens())
        let error = await #expect(throws: ClientError.self) { try await client.request(self.request(), effect: .write) }
        #expect(error?.attempts == 2)
        #expect(error?.outcome == .rejected)
        #expect(fixture.transport.sent.count == 4)
    }

    struct Failure: Sendable {
        let answer: @Sendable () throws -> HTTPResponse
        let kind: ClientError.Kind
        let outcome: ClientError.Outcome
    }

    @Test(arguments: [
        Failure(answer: { .refusal(99, "订单已存在") }, kind: .api, outcome: .rejected),
        Failure(answer: { .refusal(500, "未知错误") }, kind: .api, outcome: .unknown),
        Failure(answer: { .json("<html>bad gateway</html>", status: 502) }, kind: .http, outcome: .unknown),
        Failure(answer: { .json("not found", status: 404) }, kind: .http, outcome: .unknown),
        Failure(answer: { .json("too large", status: 413) }, kind: .http, outcome: .rejected),
        Failure(answer: { .json("") }, kind: .http, outcome: .unknown),
        Failure(
            answer: { throw HTTPTransportError(kind: .connect, sent: .notSent, host: "h", message: "h: no") },
            kind: .network, outcome: .notSent),
        Failure(
            answer: { throw HTTPTransportError(kind: .timeout, sent: .maybeSent, host: "h", message: "h: no") },
            kind: .timeout, outcome: .unknown),
        Failure(
            answer: { throw HTTPTransportError(kind: .closed, sent: .maybeSent, host: "h", message: "h: no") },
            kind: .network, outcome: .unknown),
    ])
    func failureOfAWriteSaysWhatIsKnown(_ failure: Failure) async throws {
        let fixture = fixture { _, _ in try failure.answer() }
        let client = try fixture.client(fixture.tokens())
        let error = await #expect(throws: ClientError.self) { try await client.request(self.request(), effect: .write) }
        #expect(error?.kind == failure.kind)
        #expect(error?.outcome == failure.outcome)
        #expect(fixture.transport.sent.count == (failure.outcome == .notSent ? 4 : 2))
    }

    @Test func errorCarriesCodeMessageAndTrace() async throws {
        let fixture = fixture { _, _ in .refusal(99, "订单\\u001b[31m已存在") }
        let client = try fixture.client(fixture.tokens())
        let error = try #require(
            await #expect(throws: ClientError.self) { try await client.request(self.request(.get), effect: .read) })
        #expect(error.code == 99)
        #expect(error.traceID == "t-2")
        #expect(error.outcome == nil)
        #expect(error.message.contains("订单\\u{1b}[31m已存在"))
    }

    @Test(arguments: [
        "ftp://x", "platform.example", "https://", "https://user@platform.example", "https://x/?q=1", "https://x/#f",
        "http://platform.example", "http://127.0.0.1.example.com", "http://localhost.example.com", "https://x y",
        "http://127.1",
    ])
    func baseURLThatMustNotGetATokenIsRefused(url: String) {
        let fixture = Fixture(baseURL: url) { _, _ in .token("a") }
        let error = #expect(throws: ClientError.self) { try fixture.client(fixture.tokens()) }
        #expect(error?.kind == .config)
    }

    @Test(arguments: [(0.0, nil), (-1, nil), (.nan, nil), (.infinity, nil), (nil, 0)] as [(Double?, Int?)])
    func limitThatLetsNothingPassIsAMistake(rate: Double?, concurrency: Int?) {
        var fixture = Fixture { _, _ in .token("a") }
        fixture.configuration.maximumRate = rate
        fixture.configuration.maximumConcurrency = concurrency
        let error = #expect(throws: ClientError.self) { try fixture.client(fixture.tokens()) }
        #expect(error?.kind == .config && error?.message.contains("max_") == true)
    }

    @Test(arguments: ["https://x", "https://x/base/", "http://127.0.0.1:80", "http://[::1]:80", "http://localhost"])
    func baseURLIsAccepted(url: String) {
        let fixture = Fixture(baseURL: url) { _, _ in .token("a") }
        #expect(throws: Never.self) { try fixture.client(fixture.tokens()) }
    }

    @Test(arguments: [
        ("Authorization", "x"), ("host", "x"), ("X-A", "a\r\nB: c"), ("X A", "a"), ("", "a"), ("Content-Length", "1"),
    ])
    func headerThatWouldChangeTheRequestIsRefused(name: String, value: String) async throws {
        let fixture = fixture { _, _ in Self.success }
        let client = try fixture.client(fixture.tokens())
        let options = CallOptions(headers: [(name, value)])
        let error = await #expect(throws: ClientError.self) {
            try await client.request(self.request(), effect: .write, options: options)
        }
        #expect(error?.kind == .invalid)
        #expect(fixture.transport.sent.isEmpty)
    }
}
