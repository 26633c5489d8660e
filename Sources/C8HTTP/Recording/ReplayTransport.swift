/// Answers from a cassette, without a socket: nothing here could open one.
package struct ReplayTransport: HTTPTransport {
    let replayer: HTTPReplayer
    /// See ``HTTPReplayer/transport(base:)``.
    let base: String?

    package func send(_ request: HTTPRequest) async throws(HTTPTransportError) -> HTTPResponse {
        let failure = TransportFailure(url: request.url)
        guard !Task.isCancelled else { throw failure.error(.cancelled, .notSent, "the request was cancelled") }
        // Names lead nowhere here; addresses are judged as ever.
        if let gate = request.gate, SocketTransport.isAddress(gate.host), let cause = gate.refusal(gate.host) {
            throw failure.error(.refused, .notSent, "\(cause)", cause: cause)
        }
        let body: CapturedBody?
        do {
            body = try BodyCapture.body(of: request)
        } catch {
            throw failure.error(.local, .notSent, "\(error)", cause: error)
        }
        let asked = RecordedRequest(
            method: request.method, url: ReplayedURL.relative(request.url, to: base),
            body: body.map { RecordedBody($0, keepsSpelling: false) })
        switch replayer.take(ExchangeScrubbing(scrubber: nil).scrubbed(asked), isRead: request.isRead) {
        case .nothing(let problem):
            throw HTTPTransportError(kind: .unrecorded, sent: .notSent, host: base ?? "", message: problem)
        case .exchange(let exchange): return try await play(exchange, request, failure)
        }
    }

    private func play(
        _ exchange: RecordedExchange, _ request: HTTPRequest, _ failure: TransportFailure
    ) async throws(HTTPTransportError) -> HTTPResponse {
        switch exchange.outcome {
        case .failure(let recorded):
            if recorded.kind == .cancelled { try await waitForCancellation(recorded, request, failure) }
            throw HTTPTransportError(
                kind: recorded.kind, sent: recorded.sent, host: base ?? "", message: recorded.message)
        case .response(let answer):
            let headers = answer.headers.map { (name: $0.name, value: $0.value) }
            guard let bytes = answer.body.map(\.played) ?? [] else {
                throw failure.error(
                    .unrecorded, .notSent,
                    "\(replayer.name) holds only the digest of this answer, which was too long to be kept")
            }
            guard let sink = request.sink, sink.accepts(status: answer.status, headers: headers) else {
                guard bytes.count <= request.maximumResponseBytes else {
                    throw failure.error(.tooLarge, .maybeSent, "the answer is larger than allowed")
                }
                return HTTPResponse(status: answer.status, headers: headers, body: bytes)
            }
            do {
                for start in stride(from: 0, to: bytes.count, by: Int(HTTPUpload.pieceLength)) {
                    try sink.receive(Array(bytes[start..<min(start + Int(HTTPUpload.pieceLength), bytes.count)]))
                }
            } catch {
                throw failure.error(.local, .maybeSent, "\(error)", cause: error)
            }
            return HTTPResponse(status: answer.status, headers: headers, wentToSink: true)
        }
    }

    /// What was given up when it was recorded is unanswered here too, until it is given up again: the loser of a race must
    /// not win the next one.
    private func waitForCancellation(
        _ recorded: RecordedFailure, _ request: HTTPRequest, _ failure: TransportFailure
    ) async throws(HTTPTransportError) {
        if (try? await Task.sleep(for: request.timeout)) == nil { return }
        throw failure.error(.timeout, recorded.sent, "no answer within \(request.timeout)")
    }
}
