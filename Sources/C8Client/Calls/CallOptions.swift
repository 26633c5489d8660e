/// What one call may say for itself.
package struct CallOptions: Sendable {
    /// Bound on the exchange.
    package var timeout: Duration?
    package var headers: [(name: String, value: String)]

    package init(timeout: Duration? = nil, headers: [(name: String, value: String)] = []) {
        self.timeout = timeout
        self.headers = headers
    }

    /// Headers that the client sets itself, or that would change who answers.
    private static let reserved: Set<String> = [
        "authorization", "host", "content-length", "transfer-encoding", "connection", "content-type",
        "proxy-authorization",
    ]

    func check(operation: String) throws(ClientError) {
        for (name, value) in headers {
            let isToken =
                !name.isEmpty
                && name.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                    }
                }
            guard isToken, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw ClientError(
                    kind: .invalid, message: "\(operation): a header name or value is not allowed in HTTP",
                    outcome: .notSent)
            }
            if Self.reserved.contains(name.lowercased()) {
                throw ClientError(
                    kind: .invalid, message: "\(operation): the header \(name) is the client's own", outcome: .notSent)
            }
        }
    }
}
