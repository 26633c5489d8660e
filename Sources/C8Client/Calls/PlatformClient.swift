package import C8HTTP
package import C8Platform
package import Logging
import Synchronization

/// Calls the platform's operations: the token in front, the envelope taken off, every failure an error of one kind.
///
/// Logs at `debug` one line per request (method, host, path, attempt, duration, status, code, traceId and a request id), and
/// one per call at its end (duration, attempts, outcome, traceId).
package final class PlatformClient: Sendable {
    let configuration: ClientConfiguration
    let base: BaseAddress
    let transport: any HTTPTransport
    let tokens: TokenSource
    let refusals: TokenRefusalRules
    let meanings: @Sendable () -> [Int64: String]
    let clock: any ClientClock
    let timer: any ClientClock
    let quota = RetryQuota()
    let writes: WritesInFlight
    let trace = TraceContext()
    /// A token that was refused in an answer after which its call could not be made again; the next one has another.
    let suspect = Mutex<Token?>(nil)
    let streak = Mutex(FailureStreak())
    let gate: CallGate
    let metrics: ClientMetrics
    let logger: Logger

    /// A client that sends nothing yet.
    ///
    /// - Parameters:
    ///   - refusals: the signs of a token that is not accepted.
    ///   - meanings: of codes that no binding explains, from the documentation's lists.
    ///   - timer: ends the waiting of calls whose time is over; nil for the clock.
    /// - Throws: ``ClientError`` of kind `config` for a base URL that must not be used, and for limits that let nothing pass.
    package init(
        configuration: ClientConfiguration, transport: any HTTPTransport, tokens: TokenSource,
        refusals: TokenRefusalRules = .builtIn, meanings: @escaping @Sendable () -> [Int64: String] = { [:] },
        clock: any ClientClock = SystemClock(), timer: (any ClientClock)? = nil,
        metrics: ClientMetrics = ClientMetrics(), logger: Logger
    ) throws(ClientError) {
        self.configuration = configuration
        base = try BaseAddress(configuration)
        try configuration.checkLimits()
        writes = WritesInFlight(host: base.host)
        self.transport = transport
        self.tokens = tokens
        self.refusals = refusals
        self.meanings = meanings
        self.clock = clock
        self.timer = timer ?? clock
        gate = CallGate(
            maximumConcurrency: configuration.maximumConcurrency ?? ClientConfiguration.standardConcurrency,
            maximumRate: configuration.maximumRate)
        self.metrics = metrics
        self.logger = logger
    }

    /// Calls a bound operation, which may send files and answer with one.
    ///
    /// - Returns: an envelope whose code is success; for a download the file; for a write in a dry run the request.
    /// - Throws: ``ClientError``; for writes its `outcome` says what is known.
    package func perform(
        _ binding: Binding, body: JSONValue, options: CallOptions = CallOptions()
    ) async throws(ClientError) -> CallAnswer {
        let request: PlatformRequest
        do {
            request = try binding.makeRequest(checking: body, options)
        } catch {
            throw ClientError(kind: .invalid, message: error.description, operation: binding.id, outcome: .notSent)
        }
        return try await send(
            OutgoingCall(request, effect: binding.effect, options: options, operation: binding.id, binding: binding))
    }

    /// Makes a request that the catalogue lacks.
    ///
    /// - Returns: an envelope whose code is success; for a write in a dry run the request.
    /// - Throws: ``ClientError``; for writes its `outcome` says what is known.
    package func request(
        _ request: PlatformRequest, effect: Effect, options: CallOptions = CallOptions(), operation: OperationID? = nil
    ) async throws(ClientError) -> CallAnswer {
        try await send(
            OutgoingCall(request, effect: effect, options: options, operation: operation, binding: nil))
    }

    /// Makes a call, and counts it.
    private func send(_ call: OutgoingCall) async throws(ClientError) -> CallAnswer {
        try call.options.check(operation: call.name)
        // Here, where every call passes, so that no way to the platform can forget it.
        if configuration.isDryRun, call.effect != .read { return .withheld(withhold(call)) }
        return try await run(call, as: try register(call)).get()
    }

    /// Makes a call that may be made.
    ///
    /// - Parameter write: the number under which it is known until it has ended; nil for a read.
    func run(_ call: OutgoingCall, as write: Int?) async -> Result<CallAnswer, ClientError> {
        defer { if let write { writes.end(write) } }
        var call = call
        let began = call.began ?? clock.monotonic()
        call.span = CallSpan(call.operation?.rawValue, method: call.request.method.rawValue, host: base.host)
        let result: Result<CallAnswer, ClientError>
        if let span = call.span {
            result = await span.around { await sent(&call) }
        } else {
            result = await sent(&call)
        }
        let error: ClientError? = if case .failure(let error) = result { error } else { nil }
        ended(call, after: clock.monotonic() - began, error)
        call.span?.end(
            CallSpan.End(
                attempts: call.attempt, status: error?.status ?? call.status, code: error?.code ?? call.code,
                traceID: error?.traceID ?? call.traceID, error: error?.kind, outcome: error?.outcome))
        return result
    }

    private func sent(_ call: inout OutgoingCall) async -> Result<CallAnswer, ClientError> {
        do throws(ClientError) {
            return .success(try await sendUnlessResting(&call))
        } catch {
            return .failure(error)
        }
    }

    /// Counts a call that has ended and writes its line, with all its attempts; also one that had none for want of a token.
    private func ended(_ call: OutgoingCall, after seconds: Double, _ error: ClientError?) {
        metrics.call(call.operation, seconds: seconds, error: error)
        defer { noteIfNobodyWaits(call, error) }
        guard logger.logLevel <= .debug else { return }
        var metadata: Logger.Metadata = [
            "request_id": "\(call.requestID)", "operation": "\(call.name)", "duration": "\(Duration.seconds(seconds))",
            "attempts": "\(call.attempt)", "outcome": "\(error.map { $0.outcome?.rawValue ?? "failed" } ?? "done")",
        ]
        if let error { metadata["error"] = "\(error.kind.rawValue)" }
        metadata["trace_id"] = call.traceID.map { "\($0)" }
        logger.debug("call", metadata: metadata)
    }

    /// The number under which a write is known until it has ended; nil for a read.
    private func register(_ call: OutgoingCall) throws(ClientError) -> Int? {
        guard call.effect != .read else { return nil }
        do {
            return try writes.begin()
        } catch {
            throw ClientError(error, operation: call.operation, effect: call.effect, attempts: 0)
        }
    }

    private func withhold(_ call: OutgoingCall) -> WithheldRequest {
        let withheld = WithheldRequest(call)
        logger.notice(
            "dry run: not sent",
            metadata: [
                "operation": "\(call.name)", "method": "\(call.request.method.rawValue)",
                "path": "\(call.request.path)",
                "effect": "\(call.effect.rawValue)", "body": "\(withheld.excerpt())",
            ])
        return withheld
    }

    /// The script was stopped while a write was under way, so that this line is all that is kept of how it ended.
    private func noteIfNobodyWaits(_ call: OutgoingCall, _ error: ClientError?) {
        guard Task.isCancelled, call.effect != .read else { return }
        logger.log(
            // What nobody knows is told also where notices are not.
            level: error?.outcome == .unknown ? .warning : .notice,
            "a call that was under way when the script was stopped has ended",
            metadata: [
                "operation": "\(call.name)", "request_id": "\(call.requestID)",
                "outcome": "\(error.map { ($0.outcome ?? .unknown).rawValue } ?? "done")",
                "error": "\(error?.message ?? "-")",
            ])
    }

    /// Lets writes that are under way end, and none begin; what has not ended by then is cut, its outcome unknown.
    package func drain(atMost grace: Duration) async {
        await writes.drain(atMost: grace)
    }
}
