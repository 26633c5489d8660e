import C8HTTP
import C8Platform
import Logging

/// Calls get-token, as the page 获取 AccessToken documents it, and sorts what it can answer.
struct TokenFetcher: Sendable {
    /// What came of a call.
    struct Outcome: Sendable {
        let end: End
        /// What the platform's clock showed, in seconds since 1970; nil where nothing came, or nothing with a time.
        var platformTime: Double?
        var span = CallSpan.End(attempts: 1)
    }

    /// How a call ended.
    enum End: Sendable {
        case token(TokenAnswer)
        /// Code 21185002: within the platform's interval.
        case tooOften
        /// The platform refused the application itself.
        case refused(code: Int64, ClientError)
        /// It provably never reached the platform.
        case notSent(ClientError)
        /// Anything else; the platform may have counted the call.
        case failed(ClientError)
    }

    private static let operation: OperationID = "auth.get_token"

    let configuration: ClientConfiguration
    let transport: any HTTPTransport
    let logger: Logger

    /// Makes the call, once.
    func fetch(_ credentials: Credentials, timeout: Duration) async -> Outcome {
        let base: BaseAddress
        do {
            base = try BaseAddress(configuration)
        } catch {
            return Outcome(end: .notSent(error))
        }
        guard let span = CallSpan(Self.operation.rawValue, method: "POST", host: base.host) else {
            return await call(base, credentials, timeout: timeout)
        }
        let outcome = await span.around { await call(base, credentials, timeout: timeout) }
        span.end(outcome.span)
        return outcome
    }

    private func call(_ base: BaseAddress, _ credentials: Credentials, timeout: Duration) async -> Outcome {
        let body: JSONValue = [
            "accessKey": .string(credentials.accessKey), "secretKeySign": .string(credentials.sign.revealed),
        ]
        guard let bytes = try? JSONSerializer.serialize(body) else {
            return Outcome(
                end: .notSent(
                    ClientError(kind: .config, message: "the access key cannot be sent as JSON", outcome: .notSent)))
        }
        var request = HTTPRequest(
            method: "POST", url: base.url(ClientConfiguration.tokenPath),
            headers: [("Content-Type", "application/json"), ("Accept", "application/json")], body: bytes,
            // A fresh connection: a call that got lost on an old one would cost a whole interval.
            timeout: timeout, maximumResponseBytes: 1 << 20, reusesConnection: false)
        request.isRead = true
        logger.debug("calling get-token")
        do {
            let response = try await transport.send(request)
            return outcome(of: response, sign: credentials.sign)
        } catch {
            let failure = ClientError(error, operation: Self.operation, effect: .read, attempts: 1)
            return Outcome(
                end: error.sent == .notSent ? .notSent(failure) : .failed(failure),
                span: CallSpan.End(attempts: 1, error: failure.kind))
        }
    }

    private func outcome(of response: HTTPResponse, sign: Secret) -> Outcome {
        let (end, envelope) = judge(response, sign: sign)
        let error: ClientError.Kind? =
            switch end {
            case .token: nil
            case .tooOften: .api
            case .refused(_, let error), .notSent(let error), .failed(let error): error.kind
            }
        return Outcome(
            end: end, platformTime: AnswerTime.seconds(envelope, response),
            span: CallSpan.End(
                attempts: 1, status: response.status, code: envelope?.code, traceID: envelope?.traceID, error: error))
    }

    /// - Returns: also the envelope, without secrets, where the answer is one.
    private func judge(_ response: HTTPResponse, sign: Secret) -> (End, Envelope?) {
        let answer: TokenAnswer?
        let envelope: Envelope
        do {
            let received = try AnswerText.envelope(response)
            answer = TokenAnswer(try? received.data?.value())
            // Either may stand in the message or the trace id, which logs and errors show.
            envelope = received.hiding([sign] + [answer?.value].compactMap(\.self))
        } catch {
            // Half an answer may hold a whole token.
            let failure = ClientError.notAnEnvelope(
                response, operation: Self.operation, problem: "\(error)", attempts: 1, excerpt: Excerpt.masked)
            return (.failed(failure), nil)
        }
        logger.debug(
            "get-token answered",
            metadata: [
                "code": "\(envelope.code)", "trace_id": "\(envelope.traceID ?? "-")", "status": "\(response.status)",
            ])
        return (judge(envelope, answer, status: response.status), envelope)
    }

    private func judge(_ envelope: Envelope, _ answer: TokenAnswer?, status: Int) -> End {
        switch envelope.platformCode {
        case .success:
            guard let answer else {
                return .failed(
                    ClientError(
                        kind: .http,
                        message: "\(Self.operation): the answer says success but holds no accessToken that is one",
                        operation: Self.operation, traceID: envelope.traceID, status: status, attempts: 1))
            }
            if answer.isTTLAssumed {
                logger.warning("get-token named no sound time to live; half an hour is assumed")
            }
            return .token(answer)
        case .tokenFetchedTooOften: return .tooOften
        case let code where code.isCredentialRefusal:
            return .refused(
                code: envelope.code,
                .credentialsRefused(code: envelope.code, message: envelope.message, traceID: envelope.traceID))
        default:
            return .failed(.tokenNotGiven(envelope, operation: Self.operation, status: status))
        }
    }
}
