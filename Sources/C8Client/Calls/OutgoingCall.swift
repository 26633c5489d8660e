import C8Platform
import Logging

/// One call on its way: what is asked for, and what its log lines say. Never a header or a body in them.
struct OutgoingCall: Sendable {
    let request: PlatformRequest
    let effect: Effect
    var options: CallOptions
    let operation: OperationID?
    let binding: Binding?
    private let number = RequestNumbers.shared.next()
    /// Tells this call's lines from others' in the log.
    var requestID: String { options.requestID ?? String(number, radix: 36) }
    /// Requests made so far, this one included.
    var attempt = 0
    /// An earlier attempt may have been carried out, whatever becomes of the later ones.
    var mayBeDone = false
    /// Of the last answer, without the token.
    var traceID: String?
    /// HTTP's, of the last answer.
    var status: Int?
    /// The platform's, of the last answer.
    var code: Int64?
    /// Nil where nobody traces this process.
    var span: CallSpan?
    /// The body, where its JSON text is there already: sent in place of the request's.
    var text: [UInt8]?
    /// What its first request came to, where that was sent before anybody waited for it.
    var early: EarlyAnswer?
    /// When it began, by the monotonic clock; nil for now.
    var began: Double?

    init(_ request: PlatformRequest, effect: Effect, options: CallOptions, operation: OperationID?, binding: Binding?) {
        self.request = request
        self.effect = effect
        self.options = options
        self.operation = operation
        self.binding = binding
    }

    /// Whether the body is a form (RFC 7578) instead of JSON.
    var isForm: Bool { !options.files.isEmpty || binding?.multipart == true && request.body != nil }

    /// Whether the answer may be a file.
    var isDownload: Bool { options.isDownload || binding?.download == true }

    /// For messages: the operation, or what is requested in its place.
    var name: String { operation?.rawValue ?? "\(request.method.rawValue) \(request.path)" }

    /// What every line about this attempt says.
    func metadata(host: String) -> Logger.Metadata {
        [
            "request_id": "\(requestID)", "operation": "\(name)", "method": "\(request.method.rawValue)",
            "host": "\(host)",
            "path": "\(request.path)", "attempt": "\(attempt)",
        ]
    }
}
