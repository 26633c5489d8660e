/// How a request ended that got no answer.
package struct RecordedFailure: Sendable, Hashable {
    package let kind: HTTPTransportError.Kind
    package let sent: HTTPTransportError.Sent
    package let message: String

    package init(kind: HTTPTransportError.Kind, sent: HTTPTransportError.Sent, message: String) {
        self.kind = kind
        self.sent = sent
        self.message = message
    }
}
