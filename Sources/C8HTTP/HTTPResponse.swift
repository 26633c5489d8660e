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
        headers.first { Self.areEqual($0.name, name) }?.value
    }

    /// Without regard to the case of ASCII letters, of which the names of headers consist.
    private static func areEqual(_ one: String, _ other: String) -> Bool {
        guard one.utf8.count == other.utf8.count else { return false }
        return zip(one.utf8, other.utf8).allSatisfy { one, other in
            one == other || one ^ other == 0x20 && (0x61...0x7A).contains(one | 0x20)
        }
    }
}
