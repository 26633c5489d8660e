import Tracing

/// One call as a span of whoever traces this process (swift-distributed-tracing), below the span that is current where the
/// call is made.
///
/// Names and numbers alone stand in it, since a span leaves the process: no header, body, query or message.
struct CallSpan: Sendable {
    /// What is known of a call when it has ended.
    struct End: Sendable {
        /// Requests that were made.
        var attempts: Int
        /// HTTP's, of the last answer.
        var status: Int?
        /// The platform's, of the last answer.
        var code: Int64?
        /// Of the last answer, without the token.
        var traceID: String?
        /// The error's kind; nil where there was none.
        var error: ClientError.Kind?
        /// What is known of a write.
        var outcome: ClientError.Outcome?
    }

    private let instrument: any Instrument
    /// Nil where the instrument carries contexts on and records nothing itself.
    private let span: (any Span)?
    private let context: ServiceContext

    /// Whether anybody traces this process.
    static var isTraced: Bool {
        let instrument = InstrumentationSystem.instrument
        return !(instrument is NoOpInstrument || instrument is NoOpTracer)
    }

    /// Begins a span; nil where nobody traces.
    ///
    /// - Parameters:
    ///   - operation: nil for a request that the catalogue lacks, whose path may hold any number of names.
    ///   - host: of the platform.
    init?(_ operation: String?, method: String, host: String) {
        let instrument = InstrumentationSystem.instrument
        if instrument is NoOpInstrument || instrument is NoOpTracer { return nil }
        self.instrument = instrument
        let current = ServiceContext.current ?? .topLevel
        let tracer = InstrumentationSystem.tracer
        guard !(tracer is NoOpTracer) else {
            span = nil
            context = current
            return
        }
        let span: any Span = tracer.startSpan(operation ?? method, context: current, ofKind: .client)
        self.span = span
        context = span.context
        span.updateAttributes { attributes in
            attributes["http.request.method"] = method
            attributes["server.address"] = host
            if let operation { attributes["c8.operation"] = operation }
        }
    }

    /// Does the work of the call, whose own spans belong below this one.
    func around<Value>(_ body: () async -> Value) async -> Value {
        await ServiceContext.withValue(context) { await body() }
    }

    /// The headers by which whoever answers finds the span, as the instrument names them: `traceparent`, where that speaks
    /// W3C Trace Context.
    var headers: [String: String] {
        var headers: [String: String] = [:]
        instrument.inject(context, into: &headers, using: HeaderInjector())
        return headers
    }

    /// The call has ended. Attributes of HTTP have the names of OpenTelemetry's conventions, the platform's begin with `c8.`.
    func end(_ end: End) {
        guard let span else { return }
        span.updateAttributes { attributes in
            attributes["c8.attempts"] = end.attempts
            if let status = end.status { attributes["http.response.status_code"] = status }
            if let code = end.code { attributes["c8.code"] = code }
            if let trace = end.traceID { attributes["c8.trace_id"] = trace }
            if let outcome = end.outcome { attributes["c8.outcome"] = outcome.rawValue }
            if let error = end.error { attributes["error.type"] = error.rawValue }
        }
        // Without the error's message, which may show an excerpt of an answer.
        if end.error != nil { span.setStatus(SpanStatus(code: .error)) }
        span.end()
    }
}
