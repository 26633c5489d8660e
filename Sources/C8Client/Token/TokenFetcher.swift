import C8HTTP
import C8Platform
import Logging
import OrderedCollections

/// Calls get-token, as the page 获取 AccessToken documents it, and sorts what it can answer.
struct TokenFetcher: Sendable {
    enum End: Sendable {
        case token(TokenAnswer)
        case tooOften
        /// The platform refused the application itself.
        case refused(code: Int64, ClientError)
        /// It provably never reached the platform.
        case notSent(ClientError)
        case failed(ClientError)
    }

    private static let path = "/cncop/ca/v1/applications/get-token"
    private static let timeout = Duration.seconds(10)

    let configuration: ClientConfiguration
    let transport: any HTTPTransport
    let logger: Logger

    func fetch(_ credentials: Credentials) async -> End {
        let base: BaseAddress
        do {
            base = try BaseAddress(configuration)
        } catch {
            return .notSent(error)
        }
        let body: JSONValue = .object([
            "accessKey": .string(credentials.accessKey), "secretKeySign": .string(credentials.sign.revealed),
        ])
        guard let bytes = try? JSONSerializer.serialize(body) else {
            return .notSent(
                ClientError(kind: .config, message: "the access key cannot be sent as JSON", outcome: .notSent))
        }
        let request = HTTPRequest(
            method: "POST", url: base.url(Self.path),
            headers: [("Content-Type", "application/json"), ("Accept", "application/json")], body: bytes,
            timeout: Self.timeout, maximumResponseBytes: 1 << 20)
        do {
            let response = try await transport.send(request)
            return judge(response)
        } catch {
            let failure = ClientError(error, operation: "auth.get_token", effect: .read, attempts: 1)
            return error.sent == .notSent ? .notSent(failure) : .failed(failure)
        }
    }

    private func judge(_ response: HTTPResponse) -> End {
        let envelope: Envelope
        do {
            envelope = try Envelope.parse(response.body)
        } catch {
            return .failed(.notAnEnvelope(response, operation: "auth.get_token", problem: "\(error)", attempts: 1))
        }
        logger.debug(
            "get-token answered",
            metadata: [
                "code": "\(envelope.code)", "trace_id": "\(envelope.traceID ?? "-")", "status": "\(response.status)",
            ])
        switch envelope.platformCode {
        case .success:
            guard let answer = TokenAnswer(try? envelope.data?.value()) else {
                return .failed(
                    ClientError(
                        kind: .http, message: "get-token succeeded but its answer holds no accessToken",
                        operation: "auth.get_token", traceID: envelope.traceID, status: response.status))
            }
            if answer.isTTLAssumed {
                logger.warning("get-token named no time to live; half an hour is assumed")
            }
            return .token(answer)
        case .tokenFetchedTooOften: return .tooOften
        case .keyOrSecretWrong, .applicationDisabled, .applicationUnknown, .accessKeyEmpty, .secretEmpty:
            return .refused(
                code: envelope.code,
                .credentialsRefused(code: envelope.code, message: envelope.message, traceID: envelope.traceID))
        default:
            return .failed(
                ClientError(envelope, operation: "auth.get_token", binding: nil, status: response.status, attempts: 1))
        }
    }
}
