package import C8HTTP
package import C8Platform
package import Logging

/// Calls the platform's operations: the token in front, the envelope taken off, every failure an error of one kind.
///
/// Logs one line per request at `debug`: method, host, path, attempt, duration, status, code, traceId and a request id.
package final class PlatformClient: Sendable {
    private let configuration: ClientConfiguration
    private let base: BaseAddress
    private let transport: any HTTPTransport
    private let tokens: TokenSource
    private let logger: Logger

    /// A client that sends nothing yet.
    ///
    /// - Throws: ``ClientError`` of kind `config` for a base URL that must not be used.
    package init(
        configuration: ClientConfiguration, transport: any HTTPTransport, tokens: TokenSource, logger: Logger
    ) throws(ClientError) {
        self.configuration = configuration
        base = try BaseAddress(configuration)
        self.transport = transport
        self.tokens = tokens
        self.logger = logger
    }

    /// Calls a bound operation.
    ///
    /// - Returns: an envelope whose code is success.
    /// - Throws: ``ClientError``; for writes its `outcome` says what is known.
    package func call(
        _ binding: Binding, body: JSONValue, options: CallOptions = CallOptions()
    ) async throws(ClientError) -> Envelope {
        let request: PlatformRequest
        do {
            request = try binding.makeRequest(body: body)
        } catch {
            throw ClientError(kind: .invalid, message: error.description, operation: binding.id, outcome: .notSent)
        }
        return try await send(
            OutgoingCall(request, effect: binding.effect, options: options, operation: binding.id, binding: binding))
    }

    /// Makes a request that the catalogue lacks.
    ///
    /// - Returns: an envelope whose code is success.
    /// - Throws: ``ClientError``; for writes its `outcome` says what is known.
    package func request(
        _ request: PlatformRequest, effect: Effect, options: CallOptions = CallOptions(), operation: OperationID? = nil
    ) async throws(ClientError) -> Envelope {
        try await send(OutgoingCall(request, effect: effect, options: options, operation: operation, binding: nil))
    }

    /// Sends with a token; if the platform refuses the token, once more with another. A refused token means that the
    /// gateway turned the request away, so a write may be sent again.
    private func send(_ call: OutgoingCall) async throws(ClientError) -> Envelope {
        var call = call
        try call.options.check(operation: call.name)
        var refused: Token?
        while true {
            let token: Token
            do {
                token = try await tokens.token(replacing: refused)
            } catch {
                throw error.forCall(call)
            }
            call.attempt += 1
            do throws(ClientError) {
                let (status, envelope) = try await exchange(call, token: token)
                if TokenRefusal.isRefused(envelope, status: status) {
                    guard call.attempt < 2 else {
                        throw ClientError(envelope, of: call, status: status).refusedTwice(effect: call.effect)
                    }
                    logger.info(
                        "the platform refused the access token; getting another",
                        metadata: ["operation": "\(call.name)", "request_id": "\(call.requestID)"])
                    refused = token
                    continue
                }
                guard envelope.isSuccess, (200..<400).contains(status) else {
                    throw ClientError(envelope, of: call, status: status)
                        .withOutcome(effect: call.effect, status: status, code: envelope.code)
                }
                return envelope
            } catch {
                throw error.hiding(token.value)
            }
        }
    }

    /// One request and its answer's envelope.
    private func exchange(
        _ call: OutgoingCall, token: Token
    ) async throws(ClientError) -> (status: Int, envelope: Envelope) {
        let request = try httpRequest(call, token: token)
        let clock = ContinuousClock()
        let began = clock.now
        var metadata = call.metadata(host: base.host)
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            metadata["duration"] = "\(clock.now - began)"
            metadata["error"] = "\(token.value.hidden(in: error.message))"
            logger.debug("request", metadata: metadata)
            throw ClientError(error, operation: call.operation, effect: call.effect, attempts: call.attempt)
        }
        metadata["duration"] = "\(clock.now - began)"
        metadata["status"] = "\(response.status)"
        defer { logger.debug("request", metadata: metadata) }
        let envelope = try envelope(of: response, to: call, token: token)
        metadata["code"] = "\(envelope.code)"
        metadata["trace_id"] = envelope.traceID.map { "\(token.value.hidden(in: $0))" }
        return (response.status, envelope)
    }

    private func httpRequest(_ call: OutgoingCall, token: Token) throws(ClientError) -> HTTPRequest {
        var headers: [(name: String, value: String)] = [
            // The bare token, without a scheme (page 获取 AccessToken, 2.1).
            ("Authorization", token.value.revealed), ("Accept", "application/json"),
        ]
        var body: [UInt8]?
        if let value = call.request.body {
            do {
                body = try JSONSerializer.serialize(value)
            } catch {
                throw ClientError(
                    kind: .invalid, message: "\(call.name): \(error)", operation: call.operation, outcome: .notSent)
            }
            headers.append(("Content-Type", "application/json"))
        }
        return HTTPRequest(
            method: call.request.method.rawValue, url: base.url(call.request.target),
            headers: headers + call.options.headers,
            body: body, timeout: call.options.timeout ?? configuration.timeout, reusesConnection: call.effect != .write)
    }

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
