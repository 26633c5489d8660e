/// An answer, read to its end. A redirect is an answer too: it is never followed here.
package struct HTTPResponse: Sendable {
    package let status: Int
    package let body: [UInt8]
    /// Whether the request's sink took the body.
    package let wentToSink: Bool
    private let fields: HTTPFields

    package init(
        status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = [], wentToSink: Bool = false
    ) {
        self.init(status: status, fields: HTTPFields(headers), body: body, wentToSink: wentToSink)
    }

    init(status: Int, fields: HTTPFields, body: [UInt8], wentToSink: Bool = false) {
        self.status = status
        self.fields = fields
        self.body = body
        self.wentToSink = wentToSink
    }

    /// All headers, as they came. Made each time: an answer whose headers nobody asks for has none as text.
    package var headers: [(name: String, value: String)] { fields.all }

    /// The first header of that name, in any case (RFC 9110 §5.1).
    package func header(named name: String) -> String? { fields[name] }
}
