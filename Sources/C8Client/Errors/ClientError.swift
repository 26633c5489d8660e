package import C8Platform

/// Why a call did not succeed, with everything that a person or a script can act on; never a secret.
package struct ClientError: Error, Sendable, CustomStringConvertible {
    /// The kinds that scripts see as `kind`.
    package enum Kind: String, Sendable, CaseIterable {
        case api
        case http
        case network
        case timeout
        case denied
        case config
        case unbound
        case invalid
        case limit
        case cancelled
    }

    /// What is known of a write.
    package enum Outcome: String, Sendable {
        /// Safe to repeat.
        case notSent = "not_sent"
        /// The platform said no.
        case rejected
        /// It may have happened.
        case unknown
    }

    package var kind: Kind
    /// What happened and, where it can be told, what to do.
    package var message: String
    package var operation: OperationID?
    /// The platform's code.
    package var code: Int64?
    /// The platform's own words.
    package var platformMessage: String?
    package var traceID: String?
    /// The HTTP status.
    package var status: Int?
    /// Requests that were made for the call.
    package var attempts: Int
    /// Nil for reads.
    package var outcome: Outcome?
    /// Seconds that the server asks to wait before the next request.
    package var retryAfter: Double?
    /// The platform refused the application's key or secret.
    package var isCredentialRefusal = false

    package init(
        kind: Kind, message: String, operation: OperationID? = nil, code: Int64? = nil, platformMessage: String? = nil,
        traceID: String? = nil, status: Int? = nil, attempts: Int = 0, outcome: Outcome? = nil
    ) {
        self.kind = kind
        self.message = message
        self.operation = operation
        self.code = code
        self.platformMessage = platformMessage
        self.traceID = traceID
        self.status = status
        self.attempts = attempts
        self.outcome = outcome
    }

    package var description: String { message }
}
