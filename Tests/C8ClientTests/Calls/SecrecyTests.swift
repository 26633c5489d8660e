import C8HTTP
import C8Platform
import Logging
import Synchronization
import Testing

@testable import C8Client

/// Canaries: every flow at trace level, and no secret, sign or token in any line, error or description.
@Suite struct SecrecyTests {
    /// As long as the platform's, and the canary all along it.
    private static let token = "CANARY-token-" + String(repeating: "eyJ0CANARYeXAiOiJKV1Qi.", count: 23) + "CA"

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
        Flow(testDescription: "beginning alone", call: { _ in .refusal(99, "bad \(token.prefix(40))… given") }),
        Flow(
            testDescription: "beginning in a page",
            call: { _ in .json("<pre>Authorization: \(token.prefix(16))…</pre>", status: 502) }),
        Flow(
            testDescription: "message after a long one",
            call: { _ in .refusal(99, String(repeating: "x", count: 150) + token) }),
        Flow(
            testDescription: "contradiction",
            call: { _ in .json(#"{"code": 200, "message": "\#(token)", "meta": {"status": 401}}"#) }),
        Flow(
            testDescription: "trace ids of get-token",
            token: { number in
                number == 1
                    ? .json(#"{"code": 500, "message": "\#(sign)", "traceId": "\#(sign)"}"#)
                    : .json(#"{"code": 200, "data": {"accessToken": "\#(token)"}, "traceId": "\#(token)"}"#)
            }),
        Flow(
            testDescription: "trace id of refused credentials",
            token: { _ in .json(#"{"code": 21184031, "message": "", "traceId": "\#(sign)"}"#) }),
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

    @Test(arguments: [
        ("a secret-0123456789 b", "a ‹secret› b"), ("secret-0123456789", "‹secret›"), ("secret-012345678", "‹secret›"),
        ("secret-01234567", "secret-01234567"), ("ssecret-0123456789secret-0123456789", "s‹secret›‹secret›"),
        ("", ""), ("secret-012345678é", "‹secret›é"),
    ])
    func contentAndBeginningsAreHidden(text: String, shown: String) {
        // Seen through an error, which is where texts from outside end up.
        let error = ClientError(kind: .api, message: text).hiding(Secret("secret-0123456789"))
        #expect(error.message == shown)
    }

    private static let sign = Credentials(accessKey: "key", secretKey: Secret(Fixture.secretKey)).sign.revealForStore()
}
