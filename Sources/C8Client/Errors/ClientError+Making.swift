package import C8HTTP
package import C8Platform

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

    /// A call that was not begun, since so many before it have failed.
    static func resting(_ call: OutgoingCall, host: String, after failures: Int, seconds: Double) -> ClientError {
        var error = ClientError(
            kind: .network,
            message:
                "\(call.name): stopped after \(failures) failures in a row; \(host) is not to be reached or does not "
                + "work, so run again later (calls pass again in \(Int(seconds.rounded(.up))) s)",
            operation: call.operation, outcome: call.effect == .read ? nil : .notSent)
        error.retryAfter = seconds
        return error
    }

    /// One of the documented refusals of get-token that no repetition can mend.
    static func credentialsRefused(code: Int64, message: String? = nil, traceID: String? = nil) -> ClientError {
        let known = PlatformCode(rawValue: code)
        let words = message.map(Excerpt.masked) ?? ""
        let meaning = words.isEmpty ? known.documentedMeaning ?? "" : words
        let remedy = known.remedy.map { "; \($0)" } ?? ""
        var error = ClientError(
            kind: .api, message: "the platform refused the application's credentials: \(code) \(meaning)\(remedy)",
            operation: "auth.get_token", code: code, platformMessage: message == nil ? known.documentedMeaning : words,
            traceID: traceID, attempts: 1, outcome: .notSent)
        error.isCredentialRefusal = true
        return error
    }

    /// Any other code of get-token.
    static func tokenNotGiven(_ envelope: Envelope, operation: OperationID, status: Int) -> ClientError {
        let code = envelope.platformCode
        let words = Excerpt.masked(envelope.message)
        let meaning = words.isEmpty ? code.documentedMeaning ?? "no token" : words
        let trace = envelope.traceID.map { ", trace \(Excerpt.text($0))" } ?? ""
        let remedy = code.remedy.map { "; \($0)" } ?? ""
        return ClientError(
            kind: .api, message: "\(operation): \(meaning) [code \(envelope.code), HTTP \(status)\(trace)]\(remedy)",
            operation: operation, code: envelope.code, platformMessage: words, traceID: envelope.traceID,
            status: status,
            attempts: 1, outcome: .notSent)
    }

    /// An answer that is no envelope: a gateway's page, a cut body.
    ///
    /// - Parameter excerpt: makes a harmless piece of text of the body.
    static func notAnEnvelope(
        _ response: HTTPResponse, operation: OperationID?, problem: String, attempts: Int,
        excerpt: ([UInt8]) -> String = Excerpt.text
    ) -> ClientError {
        let name = operation.map { "\($0): " } ?? ""
        let shown = response.body.isEmpty ? "an empty body" : "«\(excerpt(response.body))»"
        return ClientError(
            kind: .http,
            message: "\(name)HTTP \(response.status) with \(shown) instead of the platform's envelope (\(problem))",
            operation: operation, status: response.status, attempts: attempts)
    }

    /// The platform answered with success, but the caller cannot use or keep what came: a write has been carried out, or may
    /// have been, whatever its caller makes of the failure.
    ///
    /// - Parameter problem: what is wrong with the answer or with keeping it.
    package static func unusable(
        _ kind: Kind, _ problem: String, operation: OperationID?, effect: Effect
    ) -> ClientError {
        let name = operation.map { "\($0): " } ?? ""
        let done = effect == .read ? "" : "; the platform answered with success, so look there before calling again"
        return ClientError(
            kind: kind, message: name + problem + done, operation: operation, attempts: 1,
            outcome: effect == .read ? nil : .unknown)
    }

    /// A request that got no answer. One of which the server got only a part counts as not sent: it cannot have been
    /// carried out.
    package init(_ error: HTTPTransportError, operation: OperationID?, effect: Effect, attempts: Int) {
        let kind: Kind =
            switch error.kind {
            case .timeout: .timeout
            case .cancelled: .cancelled
            case .invalidRequest, .local: .invalid
            case .tooLarge, .protocolViolation, .unrecorded: .http
            case .resolve, .connect, .tls, .closed: .network
            case .refused: .denied
            }
        let name = operation.map { "\($0): " } ?? ""
        self.init(
            kind: kind, message: name + error.message, operation: operation, attempts: attempts,
            outcome: error.sent != .maybeSent ? .notSent : effect == .read ? nil : .unknown)
    }

    /// An envelope whose code is not success, or whose HTTP status belies it.
    ///
    /// - Parameter meanings: of codes that the binding does not explain.
    init(_ envelope: Envelope, of call: OutgoingCall, status: Int, verdict: Verdict, meanings: [Int64: String]) {
        let name = call.operation.map { "\($0): " } ?? ""
        let words = Excerpt.text(envelope.message)
        // The page's own text for the code, unless the platform has just said the same.
        let known = (call.binding?.errors[envelope.code] ?? meanings[envelope.code]).map { Excerpt.text($0) } ?? ""
        let meaning = known.isEmpty || words.contains(known) ? "" : " (\(known))"
        let trace = envelope.traceID.map { ", trace \(Excerpt.text($0))" } ?? ""
        let http = status == 200 ? "" : ", HTTP \(status)"
        let contradiction =
            if case .contradictory(let refusesToken) = verdict {
                "; the answer contradicts itself: success, and \(refusesToken ? "a refused token" : "HTTP \(status)")"
            } else {
                ""
            }
        self.init(
            kind: envelope.isSuccess ? .http : .api,
            message: "\(name)\(words.isEmpty ? "refused" : words)\(meaning) [code \(envelope.code)\(http)\(trace)]"
                + contradiction,
            operation: call.operation, code: envelope.code, platformMessage: envelope.message,
            traceID: envelope.traceID, status: status, attempts: call.attempt, outcome: verdict.outcome(call.effect))
    }

    /// The platform did not accept a token that had just been renewed either.
    var refusedTwice: ClientError {
        var error = self
        error.message +=
            "; a renewed access token was refused as well: does another program fetch tokens for this application?"
        return error
    }

    /// The same error with the pause that the server asked for.
    func waiting(_ seconds: Double?) -> ClientError {
        var error = self
        error.retryAfter = seconds
        return error
    }

    /// The same error without this secret, in case the platform or something before it has echoed it.
    func hiding(_ secret: Secret) -> ClientError {
        var error = self
        error.message = secret.hidden(in: message)
        error.platformMessage = platformMessage.map(secret.hidden)
        error.traceID = traceID.map(secret.hidden)
        return error
    }

    /// The failure of a last attempt as that of the call: what an earlier one may have done is not undone by it.
    func remembering(_ call: OutgoingCall) -> ClientError {
        guard call.mayBeDone, call.effect != .read else { return self }
        var error = self
        error.outcome = .unknown
        return error
    }

    /// A failure to get a token or a turn, told as the failure of the call that needed it.
    func forCall(_ call: OutgoingCall) -> ClientError {
        var error = self
        if let operation = call.operation { error.operation = operation }
        error.attempts = call.attempt
        // Nothing of the call was sent, or, after a refused token, nothing that was accepted.
        error.outcome = call.effect == .read ? nil : .notSent
        return error
    }
}
