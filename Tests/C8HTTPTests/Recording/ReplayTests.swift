import C8Platform
import Testing

@testable import C8HTTP

/// Which recording answers which request.
@Suite struct ReplayTests {
    private static func exchange(
        _ method: String, _ url: String, _ body: JSONValue? = nil, answer: String
    ) -> RecordedExchange {
        RecordedExchange(
            request: RecordedRequest(method: method, url: url, body: body.map { .json($0) }),
            outcome: .response(RecordedResponse(status: 200, body: .text(answer))))
    }

    private static func replayer(
        _ exchanges: RecordedExchange..., repetition: HTTPReplayer.Repetition = .reads
    ) -> HTTPReplayer {
        HTTPReplayer(Cassette(exchanges: exchanges), name: "t.json", repetition: repetition)
    }

    private static func ask(
        _ replayer: HTTPReplayer, _ method: String, _ target: String, _ body: String? = nil, isRead: Bool = false,
        base: String = "https://new.example:8443/prefix"
    ) async throws(HTTPTransportError) -> String {
        var request = HTTPRequest(method: method, url: base + target, body: body.map { Array($0.utf8) })
        request.isRead = isRead
        let response = try await replayer.transport(base: base).send(request)
        return String(decoding: response.body, as: UTF8.self)
    }

    @Test func recordingPlaysForAnyBaseURL() async throws {
        for base in ["https://a.example", "http://127.0.0.1:9/p"] {
            let replayer = Self.replayer(Self.exchange("GET", "/x?y=1", answer: "one"))
            #expect(try await Self.ask(replayer, "GET", "/x?y=1", base: base) == "one")
            #expect(replayer.unused.isEmpty)
        }
    }

    @Test func orderOfKeysSaysNothing() async throws {
        let replayer = Self.replayer(
            Self.exchange("POST", "/x", ["a": .integer(1), "b": ["c": .null, "d": .string("é")]], answer: "one"))
        #expect(try await Self.ask(replayer, "POST", "/x", #"{"b": {"d":"é", "c":null}, "a": 1.0}"#) == "one")
    }

    @Test func eachRecordingIsPlayedOnceAndInOrder() async throws {
        let replayer = Self.replayer(
            Self.exchange("POST", "/x", ["n": .integer(1)], answer: "first"),
            Self.exchange("POST", "/x", ["n": .integer(2)], answer: "other"),
            Self.exchange("POST", "/x", ["n": .integer(1)], answer: "second"))
        #expect(try await Self.ask(replayer, "POST", "/x", #"{"n":1}"#) == "first")
        #expect(replayer.unused.map(\.number) == [2, 3])
        #expect(try await Self.ask(replayer, "POST", "/x", #"{"n":1}"#) == "second")
        #expect(try await Self.ask(replayer, "POST", "/x", #"{"n":2}"#) == "other")
        let error = await #expect(throws: HTTPTransportError.self) {
            try await Self.ask(replayer, "POST", "/x", #"{"n":1}"#)
        }
        #expect(error?.kind == .unrecorded && error?.sent == .notSent)
        #expect(error?.message == "no recording in t.json answers POST /x once more: exchange 1, 3 were played already")
    }

    @Test func whatOnlyAsksIsAnsweredAsItWasLast() async throws {
        let exchanges = (Self.exchange("GET", "/x", answer: "1"), Self.exchange("GET", "/x", answer: "2"))
        let replayer = Self.replayer(exchanges.0, exchanges.1)
        var answers: [String] = []
        for _ in 0..<4 { answers.append(try await Self.ask(replayer, "GET", "/x", isRead: true)) }
        #expect(answers == ["1", "2", "2", "2"])
        let strict = Self.replayer(exchanges.0, repetition: .none)
        _ = try await Self.ask(strict, "GET", "/x", isRead: true)
        await #expect(throws: HTTPTransportError.self) { try await Self.ask(strict, "GET", "/x", isRead: true) }
    }

    @Test func tasksMayAskInAnyOrder() async throws {
        let all = (0..<300).map { Self.exchange("POST", "/x", ["n": .integer($0)], answer: "\($0)") }
        let replayer = HTTPReplayer(Cassette(exchanges: all), name: "t.json")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in (0..<300).shuffled() {
                group.addTask {
                    let answer = try await Self.ask(replayer, "POST", "/x", "{\"n\":\(number)}")
                    #expect(answer == "\(number)")
                }
            }
            try await group.waitForAll()
        }
        #expect(replayer.unused.isEmpty)
    }

    @Test(arguments: [
        ("POST", "/orders", #"{"no":"A","lines":[{"sku":"x","n":2}]}"#, "body $.lines[0].n: recorded 1, asked 2"),
        ("POST", "/orders", #"{"lines":[{"sku":"x","n":1}]}"#, "body $.no: recorded \"A\", asked nothing"),
        (
            "POST", "/orders", #"{"no":"A","lines":[],"e":1}"#,
            "body $.lines: recorded 1 elements, asked 0\n  body $.e: recorded nothing, asked 1"
        ),
        ("PUT", "/orders", #"{"no":"A","lines":[{"sku":"x","n":1}]}"#, "method: recorded POST, asked PUT"),
        ("POST", "/order", #"{"no":"A","lines":[{"sku":"x","n":1}]}"#, "url: recorded /orders, asked /order"),
        (
            "POST", "/orders?dry=1", #"{"no":"A","lines":[{"sku":"x","n":1}]}"#,
            "url: recorded /orders, asked /orders?dry=1"
        ),
        ("POST", "/orders", "plain", "body $: recorded JSON, asked \"plain\""),
    ])
    func nearestRecordingIsTold(method: String, target: String, body: String, difference: String) async throws {
        let replayer = Self.replayer(
            Self.exchange("GET", "/nothing-alike", answer: ""),
            Self.exchange(
                "POST", "/orders", ["no": .string("A"), "lines": [["sku": .string("x"), "n": .integer(1)]]], answer: "")
        )
        let error = await #expect(throws: HTTPTransportError.self) {
            try await Self.ask(replayer, method, target, body)
        }
        #expect(
            error?.message
                == "no recording in t.json answers \(method) \(target); the nearest, exchange 2 differs:\n  \(difference)"
        )
    }

    @Test func secretsInARecordingStandForAnything() async throws {
        let replayer = Self.replayer(
            Self.exchange(
                "POST", "/u/‹secret:a›/x?k=‹secret:b›", ["p": .string("x‹secret:c›y"), "n": .string("‹secret:d›")],
                answer: "one"))
        let body = #"{"p": "xANYTHINGy", "n": 12345}"#
        #expect(try await Self.ask(replayer, "POST", "/u/ME/x?k=K%20", body) == "one")
        for (target, body) in [("/u/ME/z?k=K", body), ("/u/ME/x?k=K", body.replacing("y\"", with: "z\""))] {
            await #expect(throws: HTTPTransportError.self) { try await Self.ask(replayer, "POST", target, body) }
        }
    }

    @Test func failuresArePlayedToo() async throws {
        let failure = RecordedFailure(kind: .closed, sent: .maybeSent, message: "h: the connection broke")
        let replayer = Self.replayer(
            RecordedExchange(request: RecordedRequest(method: "GET", url: "/x"), outcome: .failure(failure)),
            Self.exchange("GET", "/x", answer: "then"))
        let error = await #expect(throws: HTTPTransportError.self) { try await Self.ask(replayer, "GET", "/x") }
        #expect(error?.kind == .closed && error?.sent == .maybeSent && error?.message == failure.message)
        #expect(try await Self.ask(replayer, "GET", "/x") == "then")
    }

    /// The loser of a race stays one.
    @Test func whatWasGivenUpIsUnansweredUntilItIsGivenUp() async throws {
        let failure = RecordedFailure(kind: .cancelled, sent: .maybeSent, message: "h: the request was cancelled")
        let replayer = Self.replayer(
            RecordedExchange(request: RecordedRequest(method: "GET", url: "/x"), outcome: .failure(failure)))
        let task = Task { try await Self.ask(replayer, "GET", "/x") }
        while !replayer.unused.isEmpty { await Task.yield() }
        task.cancel()
        let error = await #expect(throws: HTTPTransportError.self) { try await task.value }
        #expect(error?.kind == .cancelled && error?.message == failure.message)
    }

    @Test func answerWhoseDigestAloneWasKeptCannotBePlayed() async throws {
        let replayer = Self.replayer(
            RecordedExchange(
                request: RecordedRequest(method: "GET", url: "/x"),
                outcome: .response(RecordedResponse(status: 200, body: .digest(sha256: "00", size: 1 << 30)))))
        let error = await #expect(throws: HTTPTransportError.self) { try await Self.ask(replayer, "GET", "/x") }
        #expect(error?.message.contains("t.json holds only the digest of this answer") == true)
    }
}
