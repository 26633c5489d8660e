package import C8HTTP
package import C8Platform
package import Logging
import OrderedCollections
import Synchronization

/// Calls the platform's operations: the token in front, the envelope taken off, every failure an error of one kind.
///
/// Logs one line per request at `debug`: method, host, path, attempt, duration, status, code, traceId and a request id.
package final class PlatformClient: Sendable {
    private let configuration: ClientConfiguration
    private let base: BaseAddress
    private let transport: any HTTPTransport
    private let tokens: TokenSource
    private let meanings: @Sendable () -> [Int64: String]
    private let clock: any ClientClock
    private let quota = RetryQuota()
    private let writes: WritesInFlight
    private let trace = TraceContext()
    /// A token that was refused in an answer after which its call could not be made again; the next one has another.
    private let suspect = Mutex<Token?>(nil)
    private let gate: CallGate
    private let metrics: ClientMetrics
    private let logger: Logger

    /// A client that sends nothing yet.
    ///
    /// - Parameter meanings: of codes that no binding explains, from the documentation's lists.
    /// - Throws: ``ClientError`` of kind `config` for a base URL that must not be used.
    package init(
        configuration: ClientConfiguration, transport: any HTTPTransport, tokens: TokenSource,
        meanings: @escaping @Sendable () -> [Int64: String] = { [:] },
        clock: any ClientClock = SystemClock(), metrics: ClientMetrics = ClientMetrics(), logger: Logger
    ) throws(ClientError) {
        self.configuration = configuration
        base = try BaseAddress(configuration)
        writes = WritesInFlight(host: base.host)
        self.transport = transport
        self.tokens = tokens
        self.meanings = meanings
        self.clock = clock
        gate = CallGate(
            maximumConcurrency: configuration.maximumConcurrency, maximumRate: configuration.maximumRate)
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
        let write = try register(call)
        defer { if let write { writes.end(write) } }
        let began = clock.monotonic()
        do {
            let answer = try await sendAsOftenAsNeeded(call)
            metrics.call(call.operation, seconds: clock.monotonic() - began, error: nil)
            noteIfNobodyWaits(call, nil)
            return answer
        } catch {
            metrics.call(call.operation, seconds: clock.monotonic() - began, error: error)
            noteIfNobodyWaits(call, error)
            throw error
        }
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
                "operation": "\(call.name)", "method": "\(call.request.method.rawValue)", "path": "\(call.request.path)",
                "effect": "\(call.effect.rawValue)", "body": "\(withheld.excerpt())",
            ])
        return withheld
    }

    /// The script was stopped while a write was under way, so that this line is all that is kept of how it ended.
    private func noteIfNobodyWaits(_ call: OutgoingCall, _ error: ClientError?) {
        guard Task.isCancelled, call.effect != .read else { return }
        logger.notice(
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

    /// Makes a call, and makes it again as often as its effect and the failure allow.
    private func sendAsOftenAsNeeded(_ call: OutgoingCall) async throws(ClientError) -> CallAnswer {
        var call = call
        let timeout = timeout(of: call)
        var retries = RetryState(configuration.retries, timeout: timeout, now: clock.monotonic())
        while true {
            call.options.timeout = retries.timeout(timeout, now: clock.monotonic())
            do {
                let answer = try await attempt(&call)
                quota.earn(attempts: call.attempt)
                return answer
            } catch {
                // Without an attempt there was no token, whose source has a patience of its own.
                guard call.attempt > 0, !Task.isCancelled else { throw error }
                let pause = retries.pause(
                    after: error, effect: call.effect, now: clock.monotonic(), random: .random(in: 0...1), quota: quota)
                guard let pause else { throw error }
                logger.notice(
                    "trying again",
                    metadata: [
                        "operation": "\(call.name)", "request_id": "\(call.requestID)", "attempt": "\(call.attempt)",
                        "error": "\(error.kind.rawValue)", "pause": "\(Int(pause * 1000)) ms",
                    ])
                guard (try? await clock.sleep(seconds: pause)) != nil else { throw error }
                metrics.retry(call.operation, after: error.kind)
            }
        }
    }

    /// Sends with a token; if the platform refuses the token, once more with another. A refused token means that the
    /// gateway turned the request away, so a write may be sent again; not where the same answer speaks of success.
    private func attempt(_ call: inout OutgoingCall) async throws(ClientError) -> CallAnswer {
        var refused = suspect.withLock { suspect in
            defer { suspect = nil }
            return suspect
        }
        var hasRenewed = false
        while true {
            let token: Token
            do {
                token = try await tokens.token(replacing: refused)
            } catch {
                throw error.forCall(call)
            }
            call.attempt += 1
            do throws(ClientError) {
                let attempt = call
                let reply = try await gate.pass(clock) { () throws(ClientError) in
                    try await exchange(attempt, token: token)
                }
                guard case .envelope(let envelope) = reply.answer else { return reply.answer }
                let verdict = Verdict(envelope, status: reply.status)
                if verdict == .success { return reply.answer }
                // The errors' excerpts must not begin before the token is out of the text.
                let failure = ClientError(
                    envelope.hiding([token.value]), of: call, status: reply.status, verdict: verdict, meanings: meanings()
                ).waiting(reply.retryAfter)
                if case .contradictory(refusesToken: true) = verdict { suspect.withLock { $0 = token } }
                guard verdict.asksForAnotherToken(call.effect) else { throw failure }
                guard !hasRenewed, !Task.isCancelled else { throw failure.refusedTwice }
                logger.info(
                    "the platform refused the access token; getting another",
                    metadata: ["operation": "\(call.name)", "request_id": "\(call.requestID)"])
                metrics.tokenRefused()
                refused = token
                hasRenewed = true
            } catch {
                throw error.hiding(token.value)
            }
        }
    }

    /// What one request was answered with.
    private struct Reply {
        let status: Int
        let retryAfter: Double?
        let answer: CallAnswer
    }

    /// One request and its answer's envelope, or file.
    private func exchange(_ call: OutgoingCall, token: Token) async throws(ClientError) -> Reply {
        let request = try httpRequest(call, token: token)
        let clock = ContinuousClock()
        let began = clock.now
        var metadata = call.metadata(host: base.host)
        let response: HTTPResponse
        do {
            response =
                call.effect == .read
                ? try await transport.send(request) : try await writes.send(request, by: transport)
        } catch {
            metadata["duration"] = "\(clock.now - began)"
            metadata["error"] = "\(token.value.hidden(in: error.message))"
            metrics.request(call.operation, status: nil)
            logger.debug("request", metadata: metadata)
            throw ClientError(error, operation: call.operation, effect: call.effect, attempts: call.attempt)
        }
        metadata["duration"] = "\(clock.now - began)"
        metadata["status"] = "\(response.status)"
        metrics.request(call.operation, status: response.status)
        defer { logger.debug("request", metadata: metadata) }
        if response.wentToSink || call.isDownload && DownloadedFile.isFile(response) {
            return Reply(status: response.status, retryAfter: nil, answer: .file(DownloadedFile(response, hiding: token.value)))
        }
        let retryAfter = response.header(named: "retry-after").flatMap {
            RetryAfter.seconds($0, now: self.clock.now())
        }
        let envelope: Envelope
        do {
            envelope = try self.envelope(of: response, to: call, token: token)
        } catch {
            throw error.waiting(retryAfter)
        }
        metadata["code"] = "\(envelope.code)"
        metadata["trace_id"] = envelope.traceID.map { "\(token.value.hidden(in: $0))" }
        return Reply(status: response.status, retryAfter: retryAfter, answer: .envelope(envelope))
    }

    private func httpRequest(_ call: OutgoingCall, token: Token) throws(ClientError) -> HTTPRequest {
        var headers: [(name: String, value: String)] = [
            // The bare token, without a scheme (page 获取 AccessToken, 2.1).
            ("Authorization", token.value.revealed),
            ("Accept", call.isDownload ? "*/*" : "application/json"),
        ]
        // A script that takes part in a trace of its own names it itself.
        if !call.options.headers.contains(where: { $0.name.lowercased() == TraceContext.header }) {
            headers.append((TraceContext.header, trace.next()))
        }
        var body: [UInt8]?
        var upload: HTTPUpload?
        do {
            if call.isForm {
                let form = try MultipartForm(
                    fields: call.request.body?.objectValue ?? [:], files: call.options.files)
                headers.append(("Content-Type", form.contentType))
                upload = form.upload
            } else if let value = call.request.body {
                headers.append(("Content-Type", "application/json"))
                body = try JSONSerializer.serialize(value)
            }
        } catch {
            throw ClientError(
                kind: .invalid, message: "\(call.name): \(error)", operation: call.operation, outcome: .notSent)
        }
        var request = HTTPRequest(
            method: call.request.method.rawValue, url: base.url(call.request.target),
            headers: headers + call.options.headers,
            body: body, upload: upload, sink: call.options.sink, timeout: timeout(of: call),
            reusesConnection: call.effect != .write)
        if let most = call.options.maximumResponseBytes { request.maximumResponseBytes = most }
        return request
    }

    private func timeout(of call: OutgoingCall) -> Duration {
        let standard = configuration.timeout
        return call.options.timeout ?? (call.isForm || call.isDownload ? max(standard, Self.fileTimeout) : standard)
    }

    /// A file takes as long as it is big, so the bound on a plain call would be in its way.
    private static let fileTimeout = Duration.seconds(600)

    private func envelope(
        of response: HTTPResponse, to call: OutgoingCall, token: Token
    ) throws(ClientError) -> Envelope {
        do {
            return try Envelope.parse(response.body)
        } catch {
            // A gateway in front of the platform may refuse the token in a form of its own, without a code.
            if response.status == 401 || TokenRefusal.metaStatus(response.body) == 401 {
                return Envelope(code: 401, message: "the gateway refused the access token", meta: ["status": 401])
            }
            var failure = ClientError.notAnEnvelope(
                response, operation: call.operation, problem: "\(error)", attempts: call.attempt
            ) { Excerpt.text(token.value.hidden(in: String(decoding: $0.prefix(1 << 16), as: UTF8.self))) }
            if call.effect != .read {
                failure.outcome = (400..<500).contains(response.status) ? .rejected : .unknown
            }
            throw failure
        }
    }
}
