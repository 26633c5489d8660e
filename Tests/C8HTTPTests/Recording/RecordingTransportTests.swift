import C8Platform
import ScriptedServer
import Synchronization
import Testing

@testable import C8HTTP

/// What goes through real sockets is in the cassette, and comes out of it the same.
@Suite struct RecordingTransportTests {
    /// Knows nothing but what it is told, and finds it as it stands.
    private final class Scrubber: CassetteScrubber {
        let learned = Mutex<[String: String]>([:])

        func learn(_ content: String, as name: String) { learned.withLock { $0[content] = name } }

        func scrubbed(_ bytes: [UInt8]) -> [UInt8]? {
            let text = String(decoding: bytes, as: UTF8.self)
            let clean = learned.withLock { $0 }.reduce(text) { $0.replacing($1.key, with: "‹secret:\($1.value)›") }
            return clean == text ? nil : Array(clean.utf8)
        }
    }

    /// Takes everything, and fails where it is told to.
    private final class Sink: HTTPResponseSink {
        let bytes = Mutex<[UInt8]>([])

        func accepts(status: Int, headers: [(name: String, value: String)]) -> Bool { status == 200 }
        func receive(_ bytes: [UInt8]) throws { self.bytes.withLock { $0 += bytes } }
    }

    private static func server(_ moment: ScriptedServer.Moment) -> ScriptedServer.Action {
        guard case .request(let request) = moment else { return .goOn }
        switch request.line.split(separator: " ")[1].prefix(while: { $0 != "?" }) {
        case "/json":
            return .answer(headers: ["Content-Type: application/json", "Date: now"], body: Array(#"{"a": 1}"#.utf8))
        case "/bytes": return .answer(body: [0, 255, 254])
        case "/login":
            return .answer(
                headers: ["Set-Cookie: sid=COOKIE-CANARY; Path=/", "Location: /next?token=URL-CANARY&x=1"],
                body: Array(#"{"access_token":"BODY-CANARY","echo":"Basic QVVUSC1DQU5BUlk="}"#.utf8))
        case "/closes": return .close
        default: return .answer("404 Not Found")
        }
    }

    @Test func trafficIsKeptAndPlayed() async throws {
        try await withServer(Self.server) { fixture in
            let base = fixture.server.url("")
            let scrubber = Scrubber()
            let recorder = HTTPRecorder(scrubber: scrubber)
            let upload = HTTPUpload(length: 3 << 20) { _, count in [UInt8](repeating: 7, count: count) }
            let sink = Sink()
            let requests = [
                HTTPRequest(method: "GET", url: base + "/json"), HTTPRequest(method: "GET", url: base + "/bytes"),
                HTTPRequest(method: "POST", url: base + "/login", body: Array("user=me&password=PASSWORD-CANARY".utf8)),
                HTTPRequest(method: "POST", url: base + "/json", upload: upload),
                HTTPRequest(method: "GET", url: base + "/bytes?sink", sink: sink),
            ]
            var answers: [HTTPResponse] = []
            let recording = recorder.transport(over: fixture.transport, base: base)
            for request in requests { answers.append(try await recording.send(request)) }
            let closes = HTTPRequest(method: "POST", url: base + "/closes", body: [1], reusesConnection: false)
            let failure = await #expect(throws: HTTPTransportError.self) { try await recording.send(closes) }
            #expect(sink.bytes.withLock { $0 } == [0, 255, 254])

            let text = String(decoding: recorder.text, as: UTF8.self)
            #expect(!text.contains("CANARY"), "\(text)")
            #expect(!text.contains("127.0.0.1:\(fixture.server.port)/"))
            #expect(text.contains("\"size\": 3145728"))
            #expect(!text.contains("\"date\""))

            let replayer = HTTPReplayer(try Cassette.parse(recorder.text, file: "t"), name: "t")
            let replay = replayer.transport(base: base)
            for (request, answer) in zip(requests, answers) {
                let played = try await replay.send(request)
                #expect(played.status == answer.status && played.wentToSink == answer.wentToSink)
                // The client reads the platform's JSON and not its spelling, so that is what is kept.
                if let value = try? JSONParser.parse(answer.body) {
                    if !request.url.hasSuffix("/login") { #expect(try JSONParser.parse(played.body) == value) }
                } else {
                    #expect(played.body == answer.body)
                }
            }
            #expect(sink.bytes.withLock { $0 } == [0, 255, 254, 0, 255, 254])
            let again = await #expect(throws: HTTPTransportError.self) { try await replay.send(closes) }
            #expect(again?.kind == failure?.kind && again?.sent == failure?.sent && again?.message == failure?.message)
            #expect(replayer.unused.isEmpty)
        }
    }

    @Test func secretsAreLearnedWhereTheyStand() async throws {
        try await withServer(Self.server) { fixture in
            let scrubber = Scrubber()
            let recording = HTTPRecorder(scrubber: scrubber).transport(over: fixture.transport, base: nil)
            var request = HTTPRequest(
                method: "POST", url: fixture.server.url("/login?api_key=QUERY%2FCANARY"),
                body: Array(#"{"x":[{"secretKeySign":"SIGN-CANARY"}],"accessKey":123456789}"#.utf8))
            request.headers = [
                ("Authorization", "Basic bWU6UEFTUy1DQU5BUlk="), ("Cookie", "a=A-CANARY; b=B-CANARY"),
                ("X-Api-Key", "KEY-CANARY"), ("Accept", "text/plain"),
            ]
            _ = try await recording.send(request)
            #expect(
                scrubber.learned.withLock { Set($0.keys) } == [
                    "QUERY/CANARY", "SIGN-CANARY", "123456789", "bWU6UEFTUy1DQU5BUlk=", "PASS-CANARY", "A-CANARY",
                    "B-CANARY", "KEY-CANARY", "COOKIE-CANARY", "BODY-CANARY",
                ])
        }
    }

    /// A request that is under way when the run ends is left out, and those around it stay.
    @Test func whatHasNotEndedIsLeftOut() async throws {
        try await withServer(Self.server) { fixture in
            let recorder = HTTPRecorder(scrubber: Scrubber())
            _ = recorder.begin()
            _ = try await recorder.transport(over: fixture.transport, base: nil)
                .send(HTTPRequest(method: "GET", url: fixture.server.url("/json")))
            #expect(try Cassette.parse(recorder.text, file: "t").exchanges.count == 1)
        }
    }
}
