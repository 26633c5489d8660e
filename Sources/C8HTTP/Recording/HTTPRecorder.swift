import Synchronization

/// Keeps what passes through its transports, in the order in which it was asked for, until the run ends.
package final class HTTPRecorder: Sendable {
    /// One exchange as it was, secrets and all; they are taken out when all are known.
    struct Entry: Sendable {
        let method: String
        let url: String
        let requestHeaders: [(name: String, value: String)]
        let requestBody: CapturedBody?
        let outcome: Outcome
        let seconds: Double
        /// Whether the answer's exact bytes are a script's to see.
        let keepsSpelling: Bool

        enum Outcome: Sendable {
            case response(status: Int, headers: [(name: String, value: String)], body: CapturedBody?)
            case failure(RecordedFailure)
        }
    }

    private struct State {
        /// Nil for what has not ended.
        var entries: [Entry?] = []
        var secretHosts: [String: String] = [:]
    }

    let scrubber: any CassetteScrubber
    private let state = Mutex(State())

    /// - Parameter scrubber: learns secrets from what passes, and may know others.
    package init(scrubber: any CassetteScrubber) {
        self.scrubber = scrubber
    }

    /// A transport that does what another does, and is listened to.
    ///
    /// - Parameter base: the platform's base URL without a slash at its end, which is left out of what is recorded; nil where
    ///   URLs are recorded whole.
    package func transport(over transport: any HTTPTransport, base: String?) -> RecordingTransport {
        RecordingTransport(recorder: self, transport: transport, base: base)
    }

    /// Notes that the secret of this name was used, and which host it is for: a replay has a placeholder for it.
    package func noteSecret(_ name: String, host: String) { state.withLock { $0.secretHosts[name] = host } }

    /// The cassette's text, of all that has ended by now.
    package var text: [UInt8] {
        let (entries, hosts) = state.withLock { ($0.entries.compactMap(\.self), $0.secretHosts) }
        let scrubbing = ExchangeScrubbing(scrubber: scrubber)
        // One exchange after the other: as values they take several times their bytes.
        var text = Cassette.beginning(secretHosts: hosts)
        for (index, entry) in entries.enumerated() {
            text += Cassette.entry(scrubbing.scrubbed(entry.exchange), isFirst: index == 0)
        }
        return text + Cassette.end(isEmpty: entries.isEmpty)
    }

    /// A place in the order.
    func begin() -> Int {
        state.withLock { state in
            state.entries.append(nil)
            return state.entries.count - 1
        }
    }

    func end(_ place: Int, _ entry: Entry) {
        ExchangeScrubbing(scrubber: scrubber).learn(from: entry)
        state.withLock { $0.entries[place] = entry }
    }
}

extension HTTPRecorder.Entry {
    /// As a cassette keeps it, but for the secrets.
    var exchange: RecordedExchange {
        let request = RecordedRequest(
            method: method, url: url, headers: RecordedHeader.kept(ofRequest: requestHeaders),
            body: requestBody.map { RecordedBody($0, keepsSpelling: false) })
        let outcome: RecordedExchange.Outcome
        switch self.outcome {
        case .failure(let failure): outcome = .failure(failure)
        case .response(let status, let headers, let body):
            outcome = .response(
                RecordedResponse(
                    status: status, headers: RecordedHeader.kept(ofResponse: headers, isHead: method == "HEAD"),
                    body: body.map { RecordedBody($0, keepsSpelling: keepsSpelling) }))
        }
        return RecordedExchange(request: request, outcome: outcome, seconds: seconds)
    }
}

extension ExchangeScrubbing {
    fileprivate func learn(from entry: HTTPRecorder.Entry) {
        var responseHeaders: [(name: String, value: String)] = []
        let exchange = entry.exchange
        var responseBody: RecordedBody?
        if case .response(_, let headers, _) = entry.outcome { responseHeaders = headers }
        if case .response(let answer) = exchange.outcome { responseBody = answer.body }
        learn(
            url: entry.url, requestHeaders: entry.requestHeaders, requestBody: exchange.request.body,
            responseHeaders: responseHeaders, responseBody: responseBody)
    }
}
