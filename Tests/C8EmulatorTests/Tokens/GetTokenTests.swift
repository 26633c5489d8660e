import C8Emulator
import C8Platform
import Testing

struct GetTokenTests {
    @Test func theAnswerIsTheWholeDocumentedEnvelope() async throws {
        try await withEmulator { session async throws in
            let body =
                #"{"accessKey": "\#(session.emulator.accessKey)", "secretKeySign": "\#(session.emulator.secretKeySign)"}"#
            let answer = try await session.probe.send(
                "POST", "/cncop/ca/v1/applications/get-token", headers: ["Content-Type: application/json"],
                body: Array(body.utf8))
            #expect(answer.status == 200)
            #expect(answer.head.lowercased().contains("content-type: application/json"))
            let text = String(decoding: answer.body, as: UTF8.self)
            let envelope = try JSONParser.parse(answer.body)
            let trace = try #require(envelope["traceId"]?.stringValue)
            let token = try #require(envelope["data"]?["accessToken"]?.stringValue)
            #expect(
                text
                    == #"{"code":200,"message":"success","data":{"accessToken":"\#(token)","tokenTtl":"PT8H","tokenTtlSeconds":28800},"#
                    + #""timestamp":1677737429715,"traceId":"\#(trace)","exception":null,"meta":null,"ext":null}"#)
            #expect(trace.count == 36)
            #expect(trace.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
        }
    }

    @Test func theTokenIsAJWTWithTimesInMilliseconds() async throws {
        try await withEmulator { session async throws in
            let parts = try await session.token().split(separator: ".").map(String.init)
            try #require(parts.count == 3)
            #expect(try decode(parts[0]) == ["typ": "JWT", "alg": "HS256"])
            let claims = try decode(parts[1])
            #expect(claims["iat"] == 1_677_737_429_715)
            #expect(claims["exp"] == 1_677_766_229_715)
            #expect(claims["jti"]?.stringValue?.count == 32)
            #expect(claims["sub"]?.stringValue?.count == 19)
            #expect(parts[2].count == 43, "32 bytes of HMAC-SHA256 in base 64 without padding")
            #expect(!parts.joined().contains { "+/=".contains($0) })
        }
    }

    @Test func everyDocumentedCodeIsAnsweredWithHTTP200AndAWholeEnvelope() async throws {
        try await withEmulator { session async throws in
            let key = JSONValue.string(session.emulator.accessKey)
            let sign = JSONValue.string(session.emulator.secretKeySign)
            let cases: [(JSONValue, JSONValue, Int64, String)] = [
                ("", sign, 21_180_031, "Access Key不能为空"), (.null, sign, 21_180_031, "Access Key不能为空"),
                (key, "", 21_180_041, "密钥不能为空"), (key, .null, 21_180_041, "密钥不能为空"),
                ("nobody", sign, 21_184_033, "应用账号不存在"),
                (.string(session.emulator.disabledAccessKey), sign, 21_184_032, "应用账号被禁用"),
                (.string(session.emulator.brokenAccessKey), sign, 500, "未知错误"),
                (key, "f74d33728c81902d9e2730235d156764", 21_184_031, "应用账号或密钥不正确"),
                (key, .string(session.emulator.secretKey), 21_184_031, "应用账号或密钥不正确"),
                (key, .string(session.emulator.secretKeySign.uppercased()), 21_184_031, "应用账号或密钥不正确"),
                (key, sign, 200, "success"), (key, sign, 21_185_002, "获取Token超出频率限制"),
            ]
            for (accessKey, secretKeySign, code, message) in cases {
                let answer = try await session.probe.send(
                    "POST", "/cncop/ca/v1/applications/get-token",
                    body: JSONSerializer.serialize(["accessKey": accessKey, "secretKeySign": secretKeySign]))
                let envelope = try JSONParser.parse(answer.body)
                #expect(answer.status == 200)
                #expect(envelope["code"] == .integer(code))
                #expect(envelope["message"] == .string(message))
                #expect((envelope["data"] == .null) == (code != 200))
                for field in ["timestamp", "traceId", "exception", "meta", "ext"] {
                    #expect(envelope[field] != nil, "\(field) with \(code)")
                }
                if code != 200 {
                    #expect(PlatformCode(rawValue: code).documentedMeaning == message, "the page's own words")
                }
            }
            #expect(session.emulator.requestLog.getTokenCount == cases.count)
            #expect(session.emulator.requestLog.tokensIssued == 1)
        }
    }

    @Test func theRateLimitCountsSuccessfulFetchesOnly() async throws {
        try await withEmulator { session async throws in
            #expect(try await session.getToken(sign: "wrong")["code"] == 21_184_031)
            #expect(try await session.getToken()["code"] == 200)
            session.clock.advance(by: 59.9)
            #expect(try await session.getToken()["code"] == 21_185_002)
            #expect(try await session.getToken(sign: "wrong")["code"] == 21_184_031)
            session.clock.advance(by: 0.2)
            #expect(try await session.getToken()["code"] == 200, "refused calls prolong nothing")
        }
    }

    @Test(
        arguments: [
            (28_800, "PT8H", 28_800), (90, "PT1M30S", 90), (0.5, "PT0.5S", .number(0.5)),
            (3661.25, "PT1H1M1.25S", .number(3661.25)),
            (60, "PT1M", 60), (2, "PT2S", 2),
        ] as [(Double, String, JSONValue)])
    func theTimeToLiveIsToldInBothForms(ttl: Double, text: String, seconds: JSONValue) async throws {
        try await withEmulator {
            $0.tokenTTL = ttl
        } _: { session async throws in
            let data = try await session.getToken()["data"]
            #expect(data?["tokenTtl"] == .string(text))
            #expect(data?["tokenTtlSeconds"] == seconds)
        }
    }

    @Test func intervalsMayHaveDecimals() async throws {
        try await withEmulator {
            $0.tokenInterval = 0.25
        } _: { session async throws in
            #expect(try await session.getToken()["code"] == 200)
            session.clock.advance(by: 0.2)
            #expect(try await session.getToken()["code"] == 21_185_002)
            session.clock.advance(by: 0.06)
            #expect(try await session.getToken()["code"] == 200)
        }
    }

    @Test func oneSeedGivesTheSameKeysAndTokensAndAnotherSeedOthers() async throws {
        func run(seed: UInt64) async throws -> [String] {
            try await withEmulator {
                $0.seed = seed
            } _: { session async throws in
                let envelope = try await session.getToken()
                let token = envelope["data"]?["accessToken"]?.stringValue ?? ""
                let order = try await session.call(
                    "production.orders.create", ["orderNo": "A", "productCode": "P", "quantity": 1], token: token)
                return [
                    session.emulator.accessKey, session.emulator.secretKey, session.emulator.disabledAccessKey, token,
                    envelope["traceId"]?.stringValue ?? "", "\(order["data"]?["orderId"]?.integerValue ?? 0)",
                ]
            }
        }
        let first = try await run(seed: 7)
        #expect(try await run(seed: 7) == first)
        #expect(zip(try await run(seed: 8), first).allSatisfy { $0 != $1 })
        #expect(first[0].count == 32 && first[1].count == 32)
    }

    @Test func keyAndSecretCanBeGiven() async throws {
        try await withEmulator {
            $0.accessKey = "key"
            $0.secretKey = "秘钥"
        } _: { session async throws in
            #expect(session.emulator.accessKey == "key")
            // MD5 of the UTF-8 bytes e7 a7 98 e9 92 a5, from md5sum.
            #expect(session.emulator.secretKeySign == "2af555fd2e8c2e68b0af48b312de1009")
            #expect(try await session.getToken()["code"] == 200)
        }
    }

    /// The JSON in one part of a token.
    private func decode(_ part: String) throws -> JSONValue {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var bytes: [UInt8] = []
        var bits = 0
        var held: UInt32 = 0
        for character in part.utf8 {
            let value = try #require(alphabet.firstIndex(of: character))
            held = held << 6 | UInt32(value)
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(held >> UInt32(bits) & 0xFF))
            }
        }
        return try JSONParser.parse(bytes)
    }
}
