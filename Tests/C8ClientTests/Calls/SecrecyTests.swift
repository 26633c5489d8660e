import C8Client
import C8HTTP
import C8Platform
import Logging
import Synchronization
import Testing

/// Canaries: every flow at trace level, and no secret, sign or token in any line, error or description.
@Suite struct SecrecyTests {
    private static let token = "CANARY-token-eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9"

    struct Flow: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Answers the n-th get-token.
        var token: @Sendable (Int) throws -> HTTPResponse = { _ in .token(SecrecyTests.token) }
        /// Answers the n-th call.
        var call: @Sendable (Int) throws -> HTTPResponse = { _ in
            .json(#"{"code": 200, "message": "success", "data": null}"#)
        }
    }

    private static let lost = HTTPTransportError(kind: .closed, sent: .maybeSent, host: "h:1", message: "h:1: closed")

    @Test(arguments: [
        Flow(testDescription: "success"),
        Flow(testDescription: "refused", call: { _ in .refusal(99, "no \(token)") }),
        Flow(testDescription: "refused token", call: { $0 == 1 ? .refusal(20_324_012) : .refusal(99, token) }),
        Flow(
            testDescription: "refused twice",
            call: { _ in .json(#"{"code": 1, "message": "\#(token)", "meta": {"status": 401}}"#) }),
        Flow(
            testDescription: "gateway echoes the header",
            call: { _ in .json("<pre>Authorization: \(token)</pre>", status: 502) }),
        Flow(
            testDescription: "echo at the excerpt's end",
            call: { _ in .json(String(repeating: "x", count: 180) + token, status: 502) }),
        Flow(testDescription: "trace id", call: { _ in .json(#"{"code": 9, "message": "", "traceId": "\#(token)"}"#) }),
        Flow(testDescription: "call lost", call: { _ in throw lost }),
        Flow(testDescription: "get-token lost", token: { _ in throw lost }),
        Flow(testDescription: "get-token cut", token: { _ in .json(#"{"code":200,"data":{"accessToken":"\#(token)"#) }),
        Flow(
            testDescription: "get-token without code", token: { _ in .json(#"{"data":{"accessToken":"\#(token)"}}"#) }),
        Flow(testDescription: "get-token too often", token: { $0 == 1 ? .refusal(21_185_002) : .token(token) }),
        Flow(testDescription: "get-token too often for ever", token: { _ in .refusal(21_185_002) }),
        Flow(testDescription: "credentials refused", token: { _ in .refusal(21_184_031, "wrong sign \(sign)") }),
        Flow(testDescription: "unknown error", token: { _ in .refusal(500, "wrong sign \(sign)") }),
        Flow(
            testDescription: "no time to live",
            token: { _ in .json(#"{"code": 200, "data": {"accessToken": "\#(token)"}}"#) }),
    ])
    func secretsAreInNoLogAndNoDescription(flow: Flow) async throws {
        let calls = Mutex(0), fetches = Mutex(0)
        let fixture = Fixture(interval: .zero) { request, _ in
            if request.url.hasSuffix("/get-token") {
                return try flow.token(
                    fetches.withLock {
                        $0 += 1; return $0
                    })
            }
            return try flow.call(
                calls.withLock {
                    $0 += 1; return $0
                })
        }
        let log = LogRecorder()
        let tokens = fixture.tokens(logger: log.logger)
        let client = try fixture.client(tokens, logger: log.logger)
        var texts: [String] = []
        func keep(_ value: Any) {
            texts += ["\(value)", String(reflecting: value)]
            var dumped = ""
            dump(value, to: &dumped)
            texts.append(dumped)
        }
        for effect in [Effect.write, .read] {
            do {
                keep(try await client.request(PlatformRequest(method: .post, path: "/x"), effect: effect))
            } catch {
                keep(error)
            }
        }
        do { keep(try await tokens.token()) } catch { keep(error) }
        keep(try await tokens.status())
        keep(try await fixture.configuration.credentials())
        keep(fixture.configuration)
        keep(try await fixture.store.read(TokenKey(baseURL: fixture.configuration.baseURL, accessKey: "key")) as Any)
        #expect(texts.count > 12)
        for text in texts + log.texts {
            #expect(!text.contains("CANARY"))
            #expect(!text.contains(Self.sign))
        }
    }

    private static let sign = Credentials(accessKey: "key", secretKey: Secret(Fixture.secretKey)).sign.revealForStore()
}
