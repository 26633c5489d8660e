import C8HTTP
import C8Platform
import Testing

@Suite struct CassetteTests {
    static let cassette = Cassette(
        secretHosts: ["erp": "erp.example.com", "a": "10.1.2.3:8443"],
        exchanges: [
            RecordedExchange(
                request: RecordedRequest(
                    method: "POST", url: "/a?b=c",
                    headers: [RecordedHeader(name: "Content-Type", value: "application/json")],
                    body: .json(["id": .integer(1_575_418_076_977_623_040), "名": .string("a\n\"b\"")])),
                outcome: .response(
                    RecordedResponse(
                        status: 200,
                        headers: [RecordedHeader(name: "X", value: "1"), RecordedHeader(name: "x", value: "2")],
                        body: .json([.number(1), .null, []], text: "[1.0, null, []]"))), seconds: 0.25),
            RecordedExchange(
                request: RecordedRequest(
                    method: "POST", url: "https://other.example/form",
                    body: .form([
                        RecordedPart(name: "note", body: .text("hello")),
                        RecordedPart(name: "file", fileName: "a.bin", type: "x/y", body: .bytes([0, 255, 1])),
                        RecordedPart(name: "long", body: .digest(sha256: "00ff", size: 9_000_000_000)),
                    ])),
                outcome: .failure(RecordedFailure(kind: .timeout, sent: .maybeSent, message: "no answer within 1 s"))),
            RecordedExchange(
                request: RecordedRequest(method: "GET", url: "/nothing"),
                outcome: .response(RecordedResponse(status: 204))),
        ])

    @Test func whatIsWrittenIsReadAgain() throws {
        #expect(try Cassette.parse(Self.cassette.text, file: "t.json") == Self.cassette)
        #expect(try Cassette.parse(Cassette().text, file: "t.json") == Cassette())
    }

    @Test func textIsForPeople() {
        let cassette = Cassette(exchanges: [Self.cassette.exchanges[0]])
        #expect(
            String(decoding: cassette.text, as: UTF8.self) == """
                {
                  "format": "c8run recording",
                  "version": 1,
                  "exchanges": [
                    {
                      "request": {
                        "method": "POST",
                        "url": "/a?b=c",
                        "headers": {
                          "content-type": "application/json"
                        },
                        "body": {
                          "json": {
                            "id": 1575418076977623040,
                            "名": "a\\n\\"b\\""
                          }
                        }
                      },
                      "response": {
                        "status": 200,
                        "headers": {
                          "x": [
                            "1",
                            "2"
                          ]
                        },
                        "body": {
                          "json": [
                            1.0,
                            null,
                            []
                          ],
                          "text": "[1.0, null, []]"
                        }
                      },
                      "seconds": 0.25
                    }
                  ]
                }

                """)
    }

    /// Whoever edits the value of an answer means the value, not the spelling beside it.
    @Test func editedValueIsPlayed() {
        let value: JSONValue = ["a": .integer(1)]
        #expect(RecordedBody.json(value, text: "{\"a\": 1}").played == Array("{\"a\": 1}".utf8))
        #expect(RecordedBody.json(value, text: "{\"a\": 2}").played == Array("{\"a\":1}".utf8))
        #expect(RecordedBody.json(value, text: "no").played == Array("{\"a\":1}".utf8))
    }

    static let damages: [(text: String, line: Int, problem: String)] = [
        ("", 1, "not JSON"), ("{\n\"format\": \"c8run recording\",\n]", 3, "not JSON: column 1"),
        ("[]", 1, "$: an object is wanted here, not array"), ("{}", 1, "$: has no format"),
        (#"{"format": "har", "version": 1}"#, 1, "format is not \"c8run recording\""),
        (#"{"format": "c8run recording", "version": 2, "exchanges": []}"#, 1, "version 2 is not known"),
        (#"{"format": "c8run recording", "version": 1, "exchanges": {}}"#, 1, "$.exchanges: an array is wanted"),
        (exchanges("{}"), 2, "$.exchanges[0]: has no request"),
        (
            exchanges(
                "{\"request\": {\"method\": \"GET\", \"url\": \"/[{,\\\"\"},\n\"response\": {\"status\": 200}},\n\n{}"),
            5, "$.exchanges[1]: has no request"
        ),
        (
            exchanges(#"{"request": {"method": "GET", "url": 1}}"#), 2,
            "$.exchanges[0].request.url: a string is wanted here, not integer"
        ),
        (
            exchanges(#"{"request": {"method": "GET", "url": "/"}, "response": {"status": 20}}"#), 2,
            "status 20 is none of HTTP"
        ),
        (
            exchanges(#"{"request": {"method": "GET", "url": "/"}, "response": {"status": 200}, "error": {}}"#), 2,
            "both a response and an error"
        ),
        (
            exchanges(
                #"{"request": {"method": "GET", "url": "/"}, "error": {"kind": "luck", "sent": "notSent", "message": ""}}"#
            ), 2, "is none of resolve, connect"
        ),
        (
            exchanges(
                #"{"request": {"method": "GET", "url": "/", "body": {"base64": "*"}}, "response": {"status": 200}}"#),
            2, "is not base64"
        ),
        (
            exchanges(#"{"request": {"method": "GET", "url": "/", "body": {"xml": ""}}, "response": {"status": 200}}"#),
            2, "has none of json, text"
        ),
    ]

    @Test(arguments: damages)
    func damageIsToldWithFileAndLine(text: String, line: Int, problem: String) {
        let error = #expect(throws: CassetteError.self) { try Cassette.parse(Array(text.utf8), file: "t.json") }
        #expect(error?.description.hasPrefix("t.json:\(line): ") == true, "\(error?.description ?? "")")
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    private static func exchanges(_ text: String) -> String {
        "{\"format\": \"c8run recording\", \"version\": 1, \"exchanges\": [\n\(text)\n]}"
    }

    @Test func base64IsThatOfTheStandard() {
        // RFC 4648 §10.
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            #expect(Base64.text(Array(bytes.utf8)) == text)
            #expect(Base64.bytes(text) == Array(bytes.utf8))
        }
        for text in ["Z", "Zg", "Zg=", "Zg===", "Z*==", "===="] { #expect(Base64.bytes(text) == nil, "\(text)") }
    }
}
