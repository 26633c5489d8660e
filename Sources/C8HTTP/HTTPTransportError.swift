/// A request that got no answer.
package struct HTTPTransportError: Error, Sendable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable, CaseIterable {
        case resolve
        case connect
        case tls
        case timeout
        case closed
        case cancelled
        case tooLarge
        case invalidRequest
        case protocolViolation
    }

    /// What is known of the request's fate.
    package enum Sent: Sendable, Hashable {
        /// No complete request can have reached the server: safe to repeat, whatever it does.
        case notSent
        /// It may have been received and carried out.
        case maybeSent
    }

    package let kind: Kind
    package let sent: Sent
    /// `host:port`.
    package let host: String
    /// What happened and what to check, naming host and cause.
    package let message: String

    package init(kind: Kind, sent: Sent, host: String, message: String) {
        self.kind = kind
        self.sent = sent
        self.host = host
        self.message = message
    }

    package var description: String { message }
}
