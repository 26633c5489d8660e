import C8Platform
import Testing

struct EnvelopeTests {
    private func envelope(_ text: String) throws(EnvelopeError) -> Envelope {
        try Envelope.parse(Array(text.utf8))
    }

    @Test func theDocumentedAnswerIsRead() throws {
        let envelope = try envelope(
            """
            { "code": 200, "message": "success", "data": { "accessToken": "eyJ0.eyJpc3.svjo", "tokenTtl": "PT8H" ,"tokenTtlSeconds": 28800 },
              "timestamp": 1677737429715, "traceId": "182eb4f4-7c55-4a2c-a229-610492cf8d6f","exception": null,"meta": null,"ext": null }
            """)
        #expect(envelope.code == 200)
        #expect(envelope.isSuccess)
        #expect(envelope.message == "success")
        #expect(try envelope.data?.value()["tokenTtlSeconds"] == 28800)
        #expect(envelope.timestamp == 1_677_737_429_715)
        #expect(envelope.traceID == "182eb4f4-7c55-4a2c-a229-610492cf8d6f")
        #expect(envelope.exception == .null)
        #expect(envelope.meta == .null)
        #expect(envelope.ext == .null)
        #expect(envelope.metaStatus == nil)
    }

    @Test func dataIsCutOutByteForByte() throws {
        let data = #"{ "id": 1575418076977623040, "x": [1.0, "\u6570"] }"#
        #expect(try envelope(#"{"data": \#(data) ,"code":200}"#).data?.bytes == Array(data.utf8))
    }

    @Test(
        arguments: [
            (#"{"code":200}"#, 200), (#"{"code":"21184031"}"#, 21_184_031), (#"{"code":200.0}"#, 200),
            (#"{"code":-1,"extra":[{}]}"#, -1),
            (#"{"code":1,"code":2}"#, 2), ("\u{FEFF}{\"code\":7}", 7), (#"{"c\u006fde":9}"#, 9),
        ] as [(String, Int64)])
    func theCodeIsReadHoweverItIsWritten(text: String, code: Int64) throws {
        let envelope = try envelope(text)
        #expect(envelope.code == code)
        #expect(envelope.message == "")
        #expect(envelope.data == nil)
        #expect(envelope.timestamp == nil)
        #expect(envelope.traceID == nil)
    }

    @Test(
        arguments: [
            ("1677737429", 1_677_737_429), ("1677737429715", 1_677_737_429_715), ("\"1677737429\"", 1_677_737_429),
            ("null", nil), ("\"soon\"", nil),
        ] as [(String, Int64?)])
    func theTimestampIsKeptAsItCame(text: String, expected: Int64?) throws {
        #expect(try envelope("{\"code\":200,\"timestamp\":\(text)}").timestamp == expected)
    }

    @Test func fieldsOfOtherTypesAreShownRatherThanLost() throws {
        let envelope = try envelope(
            #"{"code":500,"message":{"a":1},"traceId":12,"exception":"java.lang.X","data":null,"meta":[1],"ext":{"b":2}}"#
        )
        #expect(envelope.message == #"{"a":1}"#)
        #expect(envelope.traceID == "12")
        #expect(envelope.exception == "java.lang.X")
        #expect(envelope.data == nil)
        #expect(envelope.meta == [1])
        #expect(envelope.ext == ["b": 2])
    }

    @Test(arguments: [("401", 401), ("\"401\"", 401), ("null", nil), ("{}", nil)] as [(String, Int64?)])
    func theStatusInMetaIsFound(text: String, expected: Int64?) throws {
        #expect(try envelope("{\"code\":200,\"meta\":{\"status\":\(text)}}").metaStatus == expected)
    }

    @Test(arguments: [
        ("[]", "the answer is not the platform's envelope: expected an object, got array"),
        ("null", "the answer is not the platform's envelope: expected an object, got null"),
        ("{}", "the answer is not the platform's envelope: it has no code"),
        (#"{"code":null}"#, "the answer is not the platform's envelope: it has no code"),
        (#"{"code":"OK"}"#, "the answer is not the platform's envelope: its code should be an integer, got string"),
        (
            #"{"code":1e19}"#,
            "the answer is not the platform's envelope: its code should be an integer of 64 bits, got 1e+19"
        ),
        (
            #"{"code":1.5}"#,
            "the answer is not the platform's envelope: its code should be an integer of 64 bits, got 1.5"
        ),
        ("<html>", "the answer is not JSON (line 1, column 1: expected a value, found '<')"),
        ("", "the answer is not JSON (line 1, column 1: expected a value, found the end of the text)"),
        (
            #"{"code":200,"data":{"a":"#,
            "the answer is not JSON (line 1, column 25: expected a value, found the end of the text)"
        ),
        (#"{"code":200} {"#, "the answer is not JSON (line 1, column 14: expected the end of the text, found '{')"),
    ])
    func whatIsNoEnvelopeIsRefusedWithTheReason(text: String, message: String) {
        #expect(failure { () throws(EnvelopeError) in try envelope(text) }?.description == message)
    }

    @Test func dataNestedTooDeepIsRefused() {
        let text = #"{"code":200,"data":"# + String(repeating: "[", count: 100_000)
        guard case .notJSON(let error) = failure({ () throws(EnvelopeError) in try envelope(text) })?.problem else {
            Issue.record("expected an error about JSON")
            return
        }
        #expect(error.kind == .tooDeep)
    }
}
