import C8Client
import C8HTTP
import C8Platform
import Logging
import Testing

@Suite struct CallLogTests {
    @Test func eachRequestIsOneLineWithItsIDAndTheTraceID() async throws {
        let fixture = Fixture(interval: .zero) { request, number in
            if request.url.hasSuffix("/get-token") { return .token("a") }
            return number == 2
                ? .refusal(20_324_012) : .json(#"{"code": 200, "message": "", "traceId": "trace-9"}"#)
        }
        let log = LogRecorder()
        let client = try fixture.client(fixture.tokens(logger: log.logger), logger: log.logger)
        let request = try PlatformRequest(method: .get, path: "/orders", query: [("secret", "CANARY")])
        _ = try await client.request(request, effect: .read, options: CallOptions(requestID: "r-1"), operation: "a.b")
        let lines = log.lines.filter { $0.message == "request" }.map { $0.metadata }
        #expect(lines.count == 2)
        for (number, line) in lines.enumerated() {
            #expect(line["request_id"] == "r-1")
            #expect(line["operation"] == "a.b")
            #expect(line["method"] == "GET")
            #expect(line["host"] == "platform.example")
            #expect(line["path"] == "/orders")
            #expect(line["status"] == "200")
            #expect(line["attempt"] == "\(number + 1)")
            #expect(line["duration"] != nil)
        }
        #expect(lines.map { $0["code"] } == ["20324012", "200"])
        #expect(lines.map { $0["trace_id"] } == ["t-2", "trace-9"])
        #expect(!log.texts.contains { $0.contains("CANARY") })
        // For the log alone: the platform documents no header for it.
        #expect(!fixture.transport.sent.contains { $0.headers.contains { $0.value == "r-1" } })
    }

    @Test func eachCallIsOneLineAtItsEnd() async throws {
        let fixture = Fixture(interval: .zero) { request, number in
            if request.url.hasSuffix("/get-token") { return .token("a") }
            switch number {
            case 2: return .json("", status: 503)
            case 3: return .json(#"{"code": 200, "message": "", "traceId": "trace-9"}"#)
            default: return .refusal(99)
            }
        }
        let log = LogRecorder()
        let client = try fixture.client(fixture.tokens(), logger: log.logger)
        let request = try PlatformRequest(method: .get, path: "/orders")
        _ = try await client.request(request, effect: .read, options: CallOptions(requestID: "r-1"), operation: "a.b")
        _ = try? await client.request(request, effect: .write, options: CallOptions(requestID: "r-2"), operation: "a.b")
        let lines = log.lines.filter { $0.message == "call" }.map { $0.metadata }
        #expect(lines.map { $0["request_id"] } == ["r-1", "r-2"])
        #expect(lines.map { $0["operation"] } == ["a.b", "a.b"])
        #expect(lines.map { $0["attempts"] } == ["2", "1"])
        #expect(lines.map { $0["trace_id"] } == ["trace-9", "t-2"])
        #expect(lines.map { $0["outcome"] } == ["done", "rejected"])
        #expect(lines.map { $0["error"] } == [nil, "api"])
        #expect(lines.allSatisfy { $0["duration"] != nil })
    }

    @Test func callWithoutATokenHasItsLineToo() async throws {
        let fixture = Fixture { _, _ in .refusal(21_184_031) }
        let log = LogRecorder()
        let client = try fixture.client(fixture.tokens(), logger: log.logger)
        _ = try? await client.request(PlatformRequest(method: .post, path: "/x"), effect: .write)
        let lines = log.lines.filter { $0.message == "call" }.map { $0.metadata }
        #expect(lines.map { $0["attempts"] } == ["0"])
        #expect(lines.map { $0["outcome"] } == ["not_sent"])
    }

    @Test func callsHaveIDsOfTheirOwn() async throws {
        let fixture = Fixture { request, _ in
            request.url.hasSuffix("/get-token") ? .token("a") : .json(#"{"code": 200, "message": ""}"#)
        }
        let log = LogRecorder()
        let client = try fixture.client(fixture.tokens(), logger: log.logger)
        for _ in 0..<8 { _ = try await client.request(PlatformRequest(method: .get, path: "/x"), effect: .read) }
        #expect(Set(log.lines.compactMap { $0.metadata["request_id"].map { "\($0)" } }).count == 8)
    }

    @Test func waitForTheIntervalIsExplainedOnce() async throws {
        let fixture = Fixture { _, number in .token("\(number)") }
        let log = LogRecorder()
        let tokens = fixture.tokens(logger: log.logger)
        let first = try await tokens.token()
        _ = try await tokens.token(replacing: first)
        #expect(log.texts.filter { $0.contains("waiting for the access token") }.count == 1)
    }
}
