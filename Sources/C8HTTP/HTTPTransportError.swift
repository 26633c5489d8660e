/// A request that got no answer.
package struct HTTPTransportError: Error, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case resolve
        case connect
        case tls
        case timeout
        case closed
        case cancelled
        case tooLarge
        case invalidRequest
        case protocolViolation
        /// By the request's gate, whose error is ``HTTPTransportError/cause``.
        case refused
        /// By this machine's end: what is sent could not be read, or what came could not be kept.
        case local
        /// Of a replay: no recording answers the request.
        case unrecorded
    }

    /// What is known of the request's fate.
    package enum Sent: String, Sendable, Hashable, CaseIterable {
        /// No complete request can have reached the server: safe to repeat, whatever it does.
        case notSent
        /// The server got the head and at most a part of the body, shorter than its `Content-Length`: an incomplete message
        /// (RFC 9112 §8), which no server can have carried out.
        ///
        /// Told only where the kernel has not taken the last byte of the body (plain connections), or where its last piece was
        /// never handed to AsyncHTTPClient. The latter's hooks do not tell as much:
        /// `didSendRequest` comes after the socket has taken the end of the request, so that all of the body may be on its
        /// way before (AsyncHTTPClient 1.37.0, `RequestBag.finishRequestBodyStream`).
        case partly
        /// It may have been received and carried out.
        case maybeSent

        /// Of a request that was sent twice.
        func joined(_ other: Sent) -> Sent { self == .maybeSent || other == .notSent ? self : other }
    }

    package let kind: Kind
    package let sent: Sent
    /// `host:port`.
    package let host: String
    /// What happened and what to check, naming host and cause.
    package let message: String
    /// The gate's own error, or that of the upload or the sink.
    package let cause: (any Error)?

    package init(kind: Kind, sent: Sent, host: String, message: String, cause: (any Error)? = nil) {
        self.kind = kind
        self.sent = sent
        self.host = host
        self.message = message
        self.cause = cause
    }

    package var description: String { message }

    /// The failure of a request that was sent again: what the server can have of the earlier sending is not undone by it.
    func after(_ earlier: Sent) -> HTTPTransportError {
        HTTPTransportError(kind: kind, sent: sent.joined(earlier), host: host, message: message, cause: cause)
    }
}
