package import C8HTTP
package import C8Platform
package import Logging
import OrderedCollections

/// Calls the platform's operations: the token in front, the envelope taken off, every failure an error of one kind.
package final class PlatformClient: Sendable {
    private let configuration: ClientConfiguration
    private let base: BaseAddress
    private let transport: any HTTPTransport
    private let tokens: TokenSource
    private let logger: Logger

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
            request, effect: binding.effect, options: options, operation: binding.id, binding: binding)
    }

    /// Makes a request that the catalogue lacks.
    package func request(
        _ request: PlatformRequest, effect: Effect, options: CallOptions = CallOptions(), operation: OperationID? = nil
    ) async throws(ClientError) -> Envelope {
        try await send(request, effect: effect, options: options, operation: operation, binding: nil)
    }

    /// Sends with a token; if the platform refuses the token, once more with another. A refused token means that the
    /// gateway turned the request away, so a write may be sent again.
    private func send(
        _ request: PlatformRequest, effect: Effect, options: CallOptions, operation: OperationID?, binding: Binding?
    ) async throws(ClientError) -> Envelope {
        let name = operation?.rawValue ?? "\(request.method.rawValue) \(request.path)"
        try options.check(operation: name)
        var refused: Token?
        var attempts = 0
        while true {
            let token: Token
            do {
                token = try await tokens.token(replacing: refused)
            } catch {
                throw error.forCall(operation, effect: effect)
            }
            attempts += 1
            let call = Call(
                request: request, effect: effect, options: options, operation: operation, name: name, attempt: attempts)
            let response = try await exchange(call, token: token)
            let envelope = try read(response, of: call)
            if TokenRefusal.isRefused(envelope, status: response.status) {
                guard attempts < 2 else {
                    throw ClientError(
                        envelope, operation: operation, binding: binding, status: response.status, attempts: attempts
                    )
                    .refusedTwice(effect: effect)
                }
                logger.info(
                    "the platform refused the access token; getting another", metadata: ["operation": "\(name)"])
                refused = token
                continue
            }
            guard envelope.isSuccess, response.status < 400 else {
                throw ClientError(
                    envelope, operation: operation, binding: binding, status: response.status, attempts: attempts
                )
                .withOutcome(effect: effect, status: response.status, code: envelope.code)
            }
            return envelope
        }
    }

    private struct Call {
        let request: PlatformRequest
        let effect: Effect
        let options: CallOptions
        let operation: OperationID?
        let name: String
        let attempt: Int
    }

    private func exchange(_ call: Call, token: Token) async throws(ClientError) -> HTTPResponse {
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
        headers += call.options.headers
        let request = HTTPRequest(
            method: call.request.method.rawValue, url: base.url(call.request.target), headers: headers, body: body,
            timeout: call.options.timeout ?? configuration.timeout, reusesConnection: call.effect != .write)
        let clock = ContinuousClock()
        let began = clock.now
        do {
            let response = try await transport.send(request)
            log(call, "status", "\(response.status)", clock.now - began)
            return response
        } catch {
            log(call, "error", error.message, clock.now - began)
            throw ClientError(error, operation: call.operation, effect: call.effect, attempts: call.attempt)
        }
    }

    private func read(_ response: HTTPResponse, of call: Call) throws(ClientError) -> Envelope {
        do {
            let envelope = try Envelope.parse(response.body)
            logger.debug(
                "answer",
                metadata: [
                    "operation": "\(call.name)", "code": "\(envelope.code)", "trace_id": "\(envelope.traceID ?? "-")",
                ])
            return envelope
        } catch {
            // A gateway in front of the platform may refuse the token in a form of its own, without a code.
            if response.status == 401 || Self.metaStatus(response.body) == 401 {
                return Envelope(
                    code: 401, message: "the gateway refused the access token", meta: .object(["status": .integer(401)])
                )
            }
            var failure = ClientError.notAnEnvelope(
                response, operation: call.operation, problem: "\(error)", attempts: call.attempt)
            if call.effect == .write {
                failure.outcome = response.status >= 400 && response.status < 500 ? .rejected : .unknown
            }
            throw failure
        }
    }

    private static func metaStatus(_ body: [UInt8]) -> Int64? {
        guard let value = try? JSONParser.parse(body) else { return nil }
        switch value["meta"]?["status"] {
        case .integer(let status)?: return status
        case .string(let text)?: return Int64(text)
        default: return nil
        }
    }

    /// Method, host, path, duration; never a header or a body.
    private func log(_ call: Call, _ key: String, _ value: String, _ duration: Duration) {
        logger.debug(
            "request",
            metadata: [
                "operation": "\(call.name)", "method": "\(call.request.method.rawValue)", "host": "\(base.host)",
                "path": "\(call.request.path)", "attempt": "\(call.attempt)", "duration": "\(duration)",
                "\(key)": "\(value)",
            ])
    }
}
