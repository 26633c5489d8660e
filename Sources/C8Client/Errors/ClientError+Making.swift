import C8HTTP
import C8Platform

// The wording of every failure in one place.

extension ClientError {
    /// A caller that left before the token was there.
    static let cancelledWait = ClientError(
        kind: .cancelled, message: "cancelled while waiting for the access token", outcome: .notSent)

    static let tokenRateLimit = ClientError(
        kind: .api,
        message: "get-token answers again and again that tokens are fetched too often (21185002): "
            + "another program uses this application key without sharing this token store",
        operation: "auth.get_token", code: PlatformCode.tokenFetchedTooOften.rawValue, outcome: .notSent)

    /// One of the documented refusals of get-token.
    static func credentialsRefused(code: Int64, message: String? = nil, traceID: String? = nil) -> ClientError {
        let known = PlatformCode(rawValue: code)
        let meaning = message.flatMap { $0.isEmpty ? nil : Excerpt.text($0) } ?? known.documentedMeaning ?? ""
        let remedy = known.remedy.map { "; \($0)" } ?? ""
        var error = ClientError(
            kind: .api, message: "the platform refused the application's credentials: \(code) \(meaning)\(remedy)",
            operation: "auth.get_token", code: code, platformMessage: message, traceID: traceID, attempts: 1,
            outcome: .notSent)
        error.isCredentialRefusal = true
        return error
    }

    /// An answer that is no envelope: a gateway's page, a cut body.
    static func notAnEnvelope(
        _ response: HTTPResponse, operation: OperationID?, problem: String, attempts: Int
    ) -> ClientError {
        let name = operation.map { "\($0): " } ?? ""
        let excerpt = response.body.isEmpty ? "an empty body" : "«\(Excerpt.text(response.body))»"
        return ClientError(
            kind: .http,
            message: "\(name)HTTP \(response.status) with \(excerpt) instead of the platform's envelope (\(problem))",
            operation: operation, status: response.status, attempts: attempts)
    }

    /// A request that got no answer.
    init(_ error: HTTPTransportError, operation: OperationID?, effect: Effect, attempts: Int) {
        let kind: Kind =
            switch error.kind {
            case .timeout: .timeout
            case .cancelled: .cancelled
            case .invalidRequest: .invalid
            case .tooLarge: .limit
            case .protocolViolation: .http
            case .resolve, .connect, .tls, .closed: .network
            }
        let name = operation.map { "\($0): " } ?? ""
        self.init(
            kind: kind, message: name + error.message, operation: operation, attempts: attempts,
            outcome: error.sent == .notSent ? .notSent : effect == .read ? nil : .unknown)
    }

    /// An envelope whose code is not success.
    init(_ envelope: Envelope, operation: OperationID?, binding: Binding?, status: Int, attempts: Int) {
        let name = operation.map { "\($0): " } ?? ""
        let words = Excerpt.text(envelope.message)
        let meaning = binding?.errors[envelope.code].map { " (\(Excerpt.text($0)))" } ?? ""
        let trace = envelope.traceID.map { ", trace \(Excerpt.text($0))" } ?? ""
        let http = status == 200 ? "" : ", HTTP \(status)"
        self.init(
            kind: .api,
            message: "\(name)\(words.isEmpty ? "refused" : words)\(meaning) [code \(envelope.code)\(http)\(trace)]",
            operation: operation, code: envelope.code, platformMessage: envelope.message, traceID: envelope.traceID,
            status: status, attempts: attempts)
    }

    /// Says for a write what an answer with this code means: a business code is a refusal; 500 and a server's failure
    /// may have come after the work was done.
    func withOutcome(effect: Effect, status: Int, code: Int64) -> ClientError {
        guard effect != .read else { return self }
        var error = self
        error.outcome = status >= 500 || code == PlatformCode.unknownError.rawValue ? .unknown : .rejected
        return error
    }

    /// The platform did not accept a token that had just been renewed either.
    func refusedTwice(effect: Effect) -> ClientError {
        var error = self
        error.message +=
            "; a renewed access token was refused as well: does another program fetch tokens for this application?"
        error.outcome = effect == .read ? nil : .rejected
        return error
    }

    /// A failure to get a token, told as the failure of the call that needed it.
    func forCall(_ operation: OperationID?, effect: Effect) -> ClientError {
        var error = self
        if let operation { error.operation = operation }
        error.outcome = effect == .read ? nil : .notSent
        return error
    }
}
