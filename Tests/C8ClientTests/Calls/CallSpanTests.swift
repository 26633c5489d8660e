import C8Client
import C8HTTP
import C8Platform
import InMemoryTracing
import Testing
import Tracing

/// What whoever traces this process sees of its calls, and what the platform sees of the trace.
@Suite struct CallSpanTests {
    private static let order = #"{"code": 200, "message": "", "traceId": "trace-9", "data": "CANARY-answer"}"#

    /// The client of a fixture in which every answer but the token's is made by number.
    private static func client(
        _ answer: @escaping @Sendable (_ number: Int) -> HTTPResponse
    ) throws -> (client: PlatformClient, transport: ScriptedTransport) {
        let fixture = Fixture(interval: .zero) { request, number in
            request.url.hasSuffix("/get-token") ? .token("CANARY-token") : answer(number)
        }
        return (try fixture.client(fixture.tokens()), fixture.transport)
    }

    private static func header(_ name: String, _ request: HTTPRequest) -> [String] {
        request.headers.filter { $0.name.lowercased() == name }.map(\.value)
    }

    @Test func callIsASpanBelowTheCurrentOne() async throws {
        let (client, transport) = try Self.client { $0 == 2 ? .json("", status: 503) : .json(Self.order) }
        let request = try PlatformRequest(method: .get, path: "/orders", query: [("secret", "CANARY-query")])
        let tracer = W3CTracer()
        try await withTracer(tracer) {
            let outer = tracer.startSpan("outer")
            try await ServiceContext.withValue(outer.context) {
                _ = try await client.request(request, effect: .read, operation: "a.b")
            }
            outer.end()
        }
        let span = try #require(tracer.spans.first { $0.operationName == "a.b" })
        let outer = try #require(tracer.spans.first { $0.operationName == "outer" })
        #expect(span.kind == .client)
        #expect(span.parentSpanID == outer.spanID)
        #expect(span.attributes["http.request.method"]?.toSpanAttribute() == .string("GET"))
        #expect(span.attributes["http.response.status_code"]?.toSpanAttribute() == .int64(200))
        #expect(span.attributes["server.address"]?.toSpanAttribute() == .string("platform.example"))
        #expect(span.attributes["c8.operation"]?.toSpanAttribute() == .string("a.b"))
        #expect(span.attributes["c8.attempts"]?.toSpanAttribute() == .int64(2))
        #expect(span.attributes["c8.code"]?.toSpanAttribute() == .int64(200))
        #expect(span.attributes["c8.trace_id"]?.toSpanAttribute() == .string("trace-9"))
        #expect(span.status == nil)

        // The fetch of the token is a call too, made for this one.
        let fetch = try #require(tracer.spans.first { $0.operationName == "auth.get_token" })
        #expect(fetch.parentSpanID == span.spanID)
        #expect(fetch.attributes["c8.trace_id"]?.toSpanAttribute() == .string("t-1"))

        let calls = transport.sent.filter { !$0.url.hasSuffix("/get-token") }
        #expect(calls.count == 2)
        for call in calls {
            #expect(Self.header("traceparent", call) == ["00-\(span.traceID)-\(span.spanID)-01"])
            #expect(Self.header("tracestate", call) == ["vendor=1"])
            #expect(Self.header("authorization", call) == ["CANARY-token"], "only the client names it")
            #expect(Self.header("split", call) == [])
        }
        for span in tracer.spans {
            #expect(!"\(span)".contains("CANARY"))
            span.attributes.forEach { name, value in #expect(!"\(name) \(value)".contains("CANARY")) }
        }
    }

    @Test func failureIsToldByItsKindAndOutcome() async throws {
        let (client, _) = try Self.client { _ in
            .json(#"{"code": 99, "message": "CANARY-words", "traceId": "t-7"}"#, status: 400)
        }
        let tracer = W3CTracer()
        await withTracer(tracer) {
            _ = try? await client.request(
                PlatformRequest(method: .post, path: "/x/CANARY-path"), effect: .write)
        }
        let span = try #require(tracer.spans.first { $0.operationName == "POST" })
        #expect(span.attributes["error.type"]?.toSpanAttribute() == .string("api"))
        #expect(span.attributes["c8.outcome"]?.toSpanAttribute() == .string("rejected"))
        #expect(span.attributes["c8.code"]?.toSpanAttribute() == .int64(99))
        #expect(span.attributes["http.response.status_code"]?.toSpanAttribute() == .int64(400))
        #expect(span.status?.code == .error)
        #expect(span.status?.message == nil)
        #expect(span.errors.isEmpty)
        span.attributes.forEach { name, value in #expect(!"\(name) \(value)".contains("CANARY")) }
    }

    @Test func scriptThatNamesATraceOfItsOwnKeepsIt() async throws {
        let (client, transport) = try Self.client { _ in .json(Self.order) }
        let own = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        try await withTracer(W3CTracer()) {
            _ = try await client.request(
                PlatformRequest(method: .get, path: "/x"), effect: .read,
                options: CallOptions(headers: [("TraceParent", own)]))
        }
        let call = try #require(transport.sent.last)
        #expect(Self.header("traceparent", call) == [own])
        #expect(Self.header("tracestate", call) == [], "it belongs to another traceparent")
    }

    /// An instrument that speaks no W3C Trace Context adds its own headers, and takes nothing away.
    @Test func processHasATraceOfItsOwnWhereTheTracerNamesNone() async throws {
        let (client, transport) = try Self.client { _ in .json(Self.order) }
        let request = try PlatformRequest(method: .get, path: "/x")
        _ = try await client.request(request, effect: .read)
        let tracer = InMemoryTracer()
        try await withTracer(tracer) { _ = try await client.request(request, effect: .read) }
        let calls = transport.sent.filter { !$0.url.hasSuffix("/get-token") }
        let parents = calls.flatMap { Self.header("traceparent", $0) }
        #expect(parents.count == 2)
        #expect(Set(parents.map { $0.split(separator: "-")[1] }).count == 1, "one trace for the process")
        #expect(Self.header("in-memory-trace-id", calls[0]) == [])
        #expect(Self.header("in-memory-trace-id", calls[1]) == [tracer.finishedSpans[0].traceID])
    }

    @Test func dryRunsWritesAreNoCalls() async throws {
        var fixture = Fixture { _, _ in .token("a") }
        fixture.configuration.isDryRun = true
        let client = try fixture.client(fixture.tokens())
        let tracer = W3CTracer()
        try await withTracer(tracer) {
            _ = try await client.request(PlatformRequest(method: .post, path: "/x"), effect: .write)
        }
        #expect(tracer.spans.isEmpty)
    }
}
