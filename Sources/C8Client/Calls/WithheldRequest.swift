package import C8Platform

/// A request that a dry run has made and checked, and not sent.
package struct WithheldRequest: Sendable {
    /// What would have been sent, without the client's own headers.
    package let request: PlatformRequest
    package let effect: Effect
    /// Nil for a request that the catalogue lacks.
    package let operation: OperationID?
    /// The files that would have gone with it, by their fields.
    package let files: [(field: String, name: String)]
    /// What the call is answered with: `dry_run`, and the answer's fields as far as a binding knows them.
    package let placeholder: JSONValue

    init(_ call: OutgoingCall) {
        request = call.request
        effect = call.effect
        operation = call.operation
        files = call.options.files.map { ($0.field, $0.name) }
        placeholder = call.binding?.placeholder ?? ["dry_run": true]
    }

    /// The beginning of the body, for a log: at most so many bytes.
    func excerpt(atMost count: Int = 500) -> String {
        guard let body = request.body, let bytes = try? JSONSerializer.serialize(body) else { return "-" }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        return bytes.count <= count ? text : text + "…"
    }
}
