import C8Platform
import Testing

@testable import C8Client

@Suite struct TokenAnswerTests {
    @Test(
        arguments: [
            ("PT8H", 28_800), ("PT0.5S", 0.5), ("PT1H30M", 5400), ("P1D", 86_400), ("P1DT1S", 86_401),
            ("P2W", 1_209_600),
            ("", nil), ("P", nil), ("PT", nil), ("8H", nil), ("PT8", nil), ("PTH", nil), ("PT8X", nil), ("P8H", nil),
            ("PT-8H", nil), ("PT0S", nil), ("P1Y", nil), ("P1M", nil), ("PTT1S", nil), ("PT1.2.3S", nil), ("pt8h", nil),
        ] as [(String, Double?)])
    func durationIsRead(text: String, seconds: Double?) {
        #expect(TokenAnswer.seconds(text) == seconds)
    }

    struct Row: Sendable {
        let data: JSONValue
        let ttl: Double
        var isAssumed = false
    }

    @Test(arguments: [
        Row(data: ["accessToken": "t", "tokenTtlSeconds": 28_800], ttl: 28_800),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": 0.5], ttl: 0.5),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": "3600"], ttl: 3600),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": 60, "tokenTtl": "PT8H"], ttl: 60),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": nil, "tokenTtl": "PT8H"], ttl: 28_800),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": -1, "tokenTtl": "PT8H"], ttl: 28_800),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": "inf", "tokenTtl": "PT8H"], ttl: 28_800),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": 31_622_400], ttl: 31_622_400),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": 31_622_401], ttl: 1800, isAssumed: true),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": 1e300, "tokenTtl": "PT8H"], ttl: 28_800),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": 1e-9, "tokenTtl": "P999999W"], ttl: 1800, isAssumed: true),
        Row(data: ["accessToken": "t", "x": 1], ttl: 1800, isAssumed: true),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": "nan"], ttl: 1800, isAssumed: true),
        Row(data: ["accessToken": "t", "tokenTtlSeconds": [], "tokenTtl": 8], ttl: 1800, isAssumed: true),
    ])
    func timeToLiveIsReadFromEitherFieldAndBounded(row: Row) throws {
        let answer = try #require(TokenAnswer(row.data))
        #expect(answer.ttl == row.ttl)
        #expect(answer.isTTLAssumed == row.isAssumed)
    }

    @Test(
        arguments: [nil, .null, [:], ["accessToken": ""], ["accessToken": nil], ["accessToken": 7], "t"] as [JSONValue?]
    )
    func dataWithoutATokenIsNone(data: JSONValue?) {
        #expect(TokenAnswer(data) == nil)
    }

    @Test(arguments: [
        "a b", " a", "a\n", "a\r\nX-Header: 1", "a\u{0}", "\u{7F}a", "a\u{85}", "a\u{A0}b", "a\u{2028}", "a\u{200B}",
        String(repeating: "a", count: (16 << 10) + 1),
    ])
    func textThatCannotBeSentIsNoToken(text: String) {
        #expect(TokenAnswer(["accessToken": .string(text), "tokenTtlSeconds": 60]) == nil)
    }

    @Test(arguments: ["eyJhbGciOiJIUzI1NiJ9.e30.x-_", "~!@#$%^&*()+/=", String(repeating: "a", count: 16 << 10)])
    func textThatCanBeSentIsAToken(text: String) {
        #expect(TokenAnswer(["accessToken": .string(text)])?.value == Secret(text))
    }
}
