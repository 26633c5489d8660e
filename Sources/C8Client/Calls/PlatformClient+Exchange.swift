import C8HTTP
import C8Platform
import Logging
import OrderedCollections

/// One request, and what its answer is.
extension PlatformClient {
    /// What one request was answered with.
    struct Reply {
        let status: Int
        let retryAfter: Double?
        let answer: CallAnswer
        /// Whether it has a sign by which the platform refuses the token.
        var refusesToken = false
        /// What the platform's clock showed, in seconds since 1970; told with a refused token.
        var platformTime: Double?
    }

    /// A request that is to be sent, or what came of one.
    private enum Sending {
        case new(HTTPRequest)
        case done(Result<HTTPResponse, HTTPTransportError>)
    }

    /// One request and its answer's envelope, or file.
    ///
    /// - Parameter early: what it came to, where it has been sent.
    func exchange(
        _ call: OutgoingCall, token: Token, timeout: Duration, early: EarlyAnswer? = nil
    ) async throws(ClientError) -> Reply {
        let sending: Sending =
            if let early { .done(early.result) } else { .new(try httpRequest(call, token: token, timeout: timeout)) }
        // Lines that nobody reads are not made.
        let isLogged = logger.logLevel <= .debug
        let clock = ContinuousClock()
        let began = clock.now
        var metadata = isLogged ? call.metadata(host: base.host) : [:]
        let response: HTTPResponse
        do {
            response =
                switch sending {
                case .done(let result): try result.get()
                case .new(let request) where call.effect == .read: try await transport.send(request)
                case .new(let request): try await writes.send(request, by: transport)
                }
        } catch {
            if isLogged { metadata["duration"] = "\(clock.now - began)" }
            if isLogged { metadata["error"] = "\(token.value.hidden(in: error.message))" }
            metrics.request(call.operation, status: nil)
            logger.debug("request", metadata: metadata)
            throw ClientError(error, operation: call.operation, effect: call.effect, attempts: call.attempt)
        }
        if isLogged {
            metadata["duration"] = "\(clock.now - began)"
            metadata["status"] = "\(response.status)"
        }
        metrics.request(call.operation, status: response.status)
        defer { logger.debug("request", metadata: metadata) }
        if response.wentToSink || call.isDownload && DownloadedFile.isFile(response) {
            return Reply(
                status: response.status, retryAfter: nil, answer: .file(DownloadedFile(response, hiding: token.value)))
        }
        let retryAfter = RetryAfter.seconds(response, now: self.clock.now())
        let (envelope, refusesToken): (Envelope, Bool)
        do {
            (envelope, refusesToken) = try self.envelope(of: response, to: call, token: token)
        } catch {
            throw error.waiting(retryAfter)
        }
        if isLogged {
            metadata["code"] = "\(envelope.code)"
            metadata["trace_id"] = envelope.traceID.map { "\(token.value.hidden(in: $0))" }
        }
        return Reply(
            status: response.status, retryAfter: retryAfter, answer: .envelope(envelope), refusesToken: refusesToken,
            platformTime: refusesToken ? AnswerTime.seconds(envelope, response) : nil)
    }

    /// - Parameter object: the text of one.
    private static func adding(_ array: (name: String, elements: ArraySlice<UInt8>), to object: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(object.count + array.name.utf8.count + array.elements.count + 16)
        text += object.dropLast()
        if text.count > 1 { text.append(UInt8(ascii: ",")) }
        text += JSONSerializer.quoted(array.name).utf8
        text += ":[".utf8
        text += array.elements
        text += "]}".utf8
        return text
    }

    private func httpRequest(
        _ call: OutgoingCall, token: Token, timeout: Duration
    ) throws(ClientError) -> HTTPRequest {
        var headers: [(name: String, value: String)] = [
            // The bare token, without a scheme (page 获取 AccessToken, 2.1).
            ("Authorization", token.value.revealed),
            ("Accept", call.isDownload ? "*/*" : "application/json"),
        ]
        headers += trace.headers(for: call)
        var body: [UInt8]?
        var upload: HTTPUpload?
        do {
            if let text = call.text {
                headers.append(("Content-Type", "application/json"))
                body = text
            } else if call.isForm {
                let form = try MultipartForm(
                    fields: call.request.body?.objectValue ?? [:], files: call.options.files)
                headers.append(("Content-Type", form.contentType))
                upload = form.upload
            } else if let value = call.request.body {
                headers.append(("Content-Type", "application/json"))
                body = try JSONSerializer.serialize(value)
                if let array = call.options.array { body = Self.adding(array, to: body ?? []) }
            }
        } catch {
            throw ClientError(
                kind: .invalid, message: "\(call.name): \(error)", operation: call.operation, outcome: .notSent)
        }
        var request = HTTPRequest(
            method: call.request.method.rawValue, url: base.url(call.request.target),
            headers: call.options.headers.isEmpty ? headers : headers + call.options.headers,
            body: body, upload: upload, sink: call.options.sink, timeout: timeout,
            reusesConnection: call.effect != .write)
        request.isRead = call.effect == .read
        if let most = call.options.maximumResponseBytes { request.maximumResponseBytes = most }
        return request
    }

    /// Bound on one attempt.
    func timeout(of call: OutgoingCall) -> Duration {
        let standard = configuration.timeout
        return call.options.timeout ?? (call.isForm || call.isDownload ? max(standard, Self.fileTimeout) : standard)
    }

    /// A file takes as long as it is big, so the bound on a plain call would be in its way.
    private static let fileTimeout = Duration.seconds(600)

    /// Statuses that a server gives before it looks at what is asked (RFC 9110 §15.5, RFC 6585): without an envelope, any
    /// other may come from behind the operation.
    private static let refusals: Set<Int> = [401, 405, 411, 413, 414, 415, 417, 421, 429, 431]

    private func envelope(
        of response: HTTPResponse, to call: OutgoingCall, token: Token
    ) throws(ClientError) -> (Envelope, refusesToken: Bool) {
        do {
            let envelope = try AnswerText.envelope(response)
            return (envelope, refusals.match(envelope, status: response.status))
        } catch {
            // A gateway in front of the platform may refuse the token in a form of its own, without a code.
            if refusals.match(response.body, status: response.status) {
                return (Envelope(code: 401, message: "the gateway refused the access token"), true)
            }
            var failure = ClientError.notAnEnvelope(
                response, operation: call.operation, problem: "\(error)", attempts: call.attempt
            ) { Excerpt.text(token.value.hidden(in: AnswerText.beginning($0, atMost: 1 << 16))) }
            if call.effect != .read {
                failure.outcome = Self.refusals.contains(response.status) ? .rejected : .unknown
            }
            throw failure
        }
    }
}
