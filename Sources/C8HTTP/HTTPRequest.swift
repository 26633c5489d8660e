/// One request, as it goes on the wire: nothing is added but what HTTP needs.
package struct HTTPRequest: Sendable {
    package var method: String
    /// Absolute, `http` or `https`.
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]?
    /// Sent in place of `body`.
    package var upload: HTTPUpload?
    /// Bound on the whole exchange: connecting, sending, and reading the answer to its end.
    package var timeout: Duration
    /// Takes the body of the answers that it accepts; nil to have every body collected.
    package var sink: (any HTTPResponseSink)?
    /// A longer answer is an error, unless a sink takes it. Counted after decompression.
    package var maximumResponseBytes: Int
    /// False for requests that must not be repeated: on a fresh connection nobody's idle timeout can race with us. Where a
    /// kept connection turns out to be closed before an answer, the request is sent once more, on a fresh one.
    package var reusesConnection: Bool
    /// Nil where the URL's host may be dialled wherever it leads.
    package var gate: DialGate?
    /// Whether it asks and changes nothing, so that a replay may answer it again as it did last.
    package var isRead = false

    package init(
        method: String, url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        upload: HTTPUpload? = nil, sink: (any HTTPResponseSink)? = nil, timeout: Duration = .seconds(30),
        maximumResponseBytes: Int = 64 << 20, reusesConnection: Bool = true,
        gate: DialGate? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.upload = upload
        self.sink = sink
        self.timeout = timeout
        self.maximumResponseBytes = maximumResponseBytes
        self.reusesConnection = reusesConnection
        self.gate = gate
    }

    /// What is sent in pieces: an upload, or a body of more than one piece, so that a connection that breaks in the middle
    /// of it can be told from one that breaks after it.
    var streamedBody: HTTPUpload? {
        if let upload { return upload }
        guard let body, body.count > HTTPUpload.pieceLength else { return nil }
        return HTTPUpload(length: Int64(body.count)) { offset, count in
            Array(body[Int(offset)..<min(Int(offset) + count, body.count)])
        }
    }
}
