package import C8HTTP
package import C8Platform

/// What one call may say for itself.
package struct CallOptions: Sendable {
    /// Bound on one exchange; nil for the client's own.
    package var timeout: Duration?
    /// Headers to send besides the client's own.
    package var headers: [(name: String, value: String)]
    /// Tells this call's lines from others' in the log; nil for one made up. It is never sent: the platform documents
    /// no header for it.
    package var requestID: String?
    /// Whether the body is held against the binding's fields before anything is sent.
    package var validates = true
    /// Whether a failed call is made again where its effect allows it; false for a caller who does that.
    package var mayBeRepeated = true
    /// A member of the body that is an array, the text of whose elements is there already; it goes behind the others. For
    /// bodies that are objects, by a caller who knows the binding's fields: it is not held against them.
    package var array: (name: String, elements: ArraySlice<UInt8>)?
    /// Files that go with the call, which makes its body a form.
    package var files: [CallFile] = []
    /// The answer is a file, whatever the binding says.
    package var isDownload = false
    /// Takes the file of a download; nil to have it in memory.
    package var sink: (any HTTPResponseSink)?
    /// The longest answer that is held in memory; nil for the client's own.
    package var maximumResponseBytes: Int?

    /// Options; without arguments, the client's own.
    package init(timeout: Duration? = nil, headers: [(name: String, value: String)] = [], requestID: String? = nil) {
        self.timeout = timeout
        self.headers = headers
        self.requestID = requestID
    }

    /// These options, with the binding's own time limit where they have none.
    package func over(_ binding: Binding) -> CallOptions {
        var options = self
        if timeout == nil { options.timeout = binding.timeoutSeconds.map { .seconds($0) } }
        return options
    }

    /// Headers that the client sets itself, or that would change who answers or where a request ends.
    private static let reserved: Set<String> = [
        "authorization", "proxy-authorization", "host", "content-length", "content-type", "transfer-encoding",
        "connection",
        "proxy-connection", "keep-alive", "te", "trailer", "upgrade", "expect", "accept-encoding",
    ]

    func check(operation: String) throws(ClientError) {
        for (name, value) in headers {
            guard Self.isWellFormed(name, value) else {
                throw ClientError(
                    kind: .invalid,
                    message: "\(operation): the header \(Excerpt.text(name)) or its value is not allowed in HTTP",
                    outcome: .notSent)
            }
            if Self.reserved.contains(name.lowercased()) {
                throw ClientError(
                    kind: .invalid, message: "\(operation): the header \(name) is the client's own", outcome: .notSent)
            }
        }
    }

    /// Whether a header may be sent beside the client's own.
    static func isAllowed(_ name: String, _ value: String) -> Bool {
        isWellFormed(name, value) && !reserved.contains(name.lowercased())
    }

    /// RFC 9110 §5.6.2 and §5.5.
    private static func isWellFormed(_ name: String, _ value: String) -> Bool {
        let isToken =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
        return isToken && value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
    }
}
