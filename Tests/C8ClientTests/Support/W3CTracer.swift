import InMemoryTracing
import Tracing

/// Keeps the spans in memory, and carries them on as W3C Trace Context has it.
struct W3CTracer: Tracer {
    let inner = InMemoryTracer(
        idGenerator: InMemoryTracer.IDGenerator(
            nextTraceID: { Self.digits(32) }, nextSpanID: { Self.digits(16) }))

    var spans: [FinishedInMemorySpan] { inner.finishedSpans }

    func startSpan<Instant: TracerInstant>(
        _ operationName: String, context: @autoclosure () -> ServiceContext, ofKind kind: SpanKind,
        at instant: @autoclosure () -> Instant, function: String, file fileID: String, line: UInt
    ) -> InMemorySpan {
        inner.startSpan(
            operationName, context: context(), ofKind: kind, at: instant(), function: function, file: fileID, line: line
        )
    }

    func forceFlush() {}

    func inject<Carrier, Inject: Injector>(
        _ context: ServiceContext, into carrier: inout Carrier, using injector: Inject
    ) where Inject.Carrier == Carrier {
        guard let span = context.inMemorySpanContext else { return }
        injector.inject("00-\(span.traceID)-\(span.spanID)-01", forKey: "traceparent", into: &carrier)
        injector.inject("vendor=1", forKey: "tracestate", into: &carrier)
        // What no tracer may do.
        injector.inject("stolen", forKey: "Authorization", into: &carrier)
        injector.inject("a\r\nB: c", forKey: "split", into: &carrier)
    }

    func extract<Carrier, Extract: Extractor>(
        _ carrier: Carrier, into context: inout ServiceContext, using extractor: Extract
    ) where Extract.Carrier == Carrier {}

    private static func digits(_ count: Int) -> String {
        String((0..<count).map { _ in "123456789abcdef".randomElement() ?? "1" })
    }
}
