import C8HTTP
import C8Platform
import Testing

@testable import C8Client

/// Answers in GB18030 are read and shown like those in UTF-8.
@Suite struct AnswerTextTests {
    /// 订单已存在 and 网关错误.
    private static let exists: [UInt8] = [0xB6, 0xA9, 0xB5, 0xA5, 0xD2, 0xD1, 0xB4, 0xE6, 0xD4, 0xDA]
    private static let gatewayError: [UInt8] = [0xCD, 0xF8, 0xB9, 0xD8, 0xB4, 0xED, 0xCE, 0xF3]

    private static let refusal = Array(#"{"code": 99, "message": ""#.utf8) + exists + Array(#"", "data": null}"#.utf8)

    @Test(arguments: [
        nil, "application/json;charset=GBK", "text/html; charset=\"gb2312\"", "application/json;charset=utf-8",
    ])
    func envelopeInGB18030IsRead(type: String?) throws {
        let headers = type.map { [(name: "Content-Type", value: $0)] } ?? []
        let envelope = try AnswerText.envelope(HTTPResponse(status: 200, headers: headers, body: Self.refusal))
        #expect(envelope.code == 99 && envelope.message == "订单已存在")
    }

    @Test func dataIsInUTF8Afterwards() throws {
        let body = Array(#"{"code": 200, "data": {"a": ""#.utf8) + Self.exists + Array(#""}}"#.utf8)
        let envelope = try AnswerText.envelope(HTTPResponse(status: 200, body: body))
        #expect(try envelope.data?.value()["a"]?.stringValue == "订单已存在")
    }

    @Test func whatIsUTF8IsReadAsItIs() throws {
        let body = Array(#"{"code": 99, "message": "💥x"}"#.utf8) + [0x20, 0x0A]
        let response = HTTPResponse(
            status: 200, headers: [("content-type", "application/json; charset=utf-8")], body: body)
        #expect(try AnswerText.envelope(response).message == "💥x")
        #expect(throws: EnvelopeError.self) {
            try AnswerText.envelope(HTTPResponse(status: 200, body: [0x7B, 0xFF, 0x7D]))
        }
    }

    @Test func excerptsAreLegible() {
        let page = Array("<html>".utf8) + Self.gatewayError
        #expect(Excerpt.text(page) == "<html>网关错误")
        #expect(Excerpt.text(page.dropLast()) == "<html>网关错")
        #expect(Excerpt.masked(page) == "<html>网关错误")
        // Cut in the middle of a character, UTF-8 stays UTF-8.
        let long = Array(String(repeating: "误", count: 1000).utf8)
        #expect(AnswerText.beginning(long, atMost: 100) == String(repeating: "误", count: 33))
    }

    @Test(arguments: [Effect.read, .write]) func callShowsWhatAGatewaySaysInGB18030(effect: Effect) async throws {
        let fixture = Fixture { request, _ in
            request.url.hasSuffix("/get-token") ? .token("a") : HTTPResponse(status: 500, body: Self.gatewayError)
        }
        let client = try fixture.client(fixture.tokens())
        let error = await #expect(throws: ClientError.self) {
            try await client.request(PlatformRequest(method: .post, path: "/x"), effect: effect)
        }
        #expect(error?.kind == .http && error?.message.contains("网关错误") == true)
    }

    @Test(arguments: ["200.0", "2e2", "\"200\"", "200"]) func codeIsANumberHoweverWritten(code: String) throws {
        #expect(try AnswerText.envelope(.json(#"{"code": \#(code)}"#)).isSuccess)
    }

    @Test(arguments: ["99999999999999999999", "-1e300", "200.5", "\"99999999999999999999\"", "true"])
    func codeThatIsNoneLeavesAWriteUnknown(code: String) async throws {
        let fixture = Fixture { request, _ in
            request.url.hasSuffix("/get-token") ? .token("a") : .json(#"{"code": \#(code), "message": "x"}"#)
        }
        let client = try fixture.client(fixture.tokens())
        let error = await #expect(throws: ClientError.self) {
            try await client.request(PlatformRequest(method: .post, path: "/x"), effect: .write)
        }
        #expect(error?.kind == .http && error?.outcome == .unknown)
        #expect(error?.message.contains("its code should be an integer") == true)
    }
}
