/// An answer, read to its end. A redirect is an answer too: it is never followed here.
package struct HTTPResponse: Sendable {
    package let status: Int
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]
    /// Whether the request's sink took the body.
    package let wentToSink: Bool

    package init(
        status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], wentToSink: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.wentToSink = wentToSink
    }

    /// The first header of that name, in any case (RFC 9110 §5.1).
    package func header(named name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
