import Synchronization

/// Plays a cassette: gives for each request the exchange that was recorded for it, each one once and in the order of the
/// recording. Opens nothing.
package final class HTTPReplayer: Sendable {
    /// What is asked again though all its recordings are played.
    package enum Repetition: Sendable {
        /// What only asks is answered as it was last.
        case reads
        /// Nothing is answered twice.
        case none
    }

    enum Found {
        case exchange(RecordedExchange)
        /// In words, what comes nearest.
        case nothing(String)
    }

    private struct Key: Hashable {
        let method: String
        let path: Substring
    }

    private struct State {
        var isUsed: [Bool]
        /// Of what is not used yet, by method and path.
        var waiting: [Key: [Int]] = [:]
        /// Those whose path holds a placeholder.
        var waitingAnywhere: [Int] = []
        /// The last one that was played, by method and path.
        var played: [Key: [Int]] = [:]
    }

    package let cassette: Cassette
    /// The name of its file, for messages.
    package let name: String
    private let repetition: Repetition
    private let state: Mutex<State>

    /// A replayer at the cassette's beginning.
    package init(_ cassette: Cassette, name: String, repetition: Repetition = .reads) {
        self.cassette = cassette
        self.name = name
        self.repetition = repetition
        var state = State(isUsed: cassette.exchanges.map { _ in false })
        for (index, exchange) in cassette.exchanges.enumerated() {
            let path = ReplayedURL.path(exchange.request.url)
            if path.contains(SecretNames.beginning) {
                state.waitingAnywhere.append(index)
            } else {
                state.waiting[Key(method: exchange.request.method, path: path), default: []].append(index)
            }
        }
        self.state = Mutex(state)
    }

    /// A transport that answers from the cassette.
    ///
    /// - Parameter base: the platform's base URL, whichever it is now, without a slash at its end; nil where whole URLs are
    ///   compared.
    package func transport(base: String?) -> ReplayTransport { ReplayTransport(replayer: self, base: base) }

    /// The recordings that nobody asked for, by their number from 1.
    package var unused: [(number: Int, request: RecordedRequest)] {
        let isUsed = state.withLock { $0.isUsed }
        return zip(cassette.exchanges, isUsed).enumerated().compactMap { index, pair in
            pair.1 ? nil : (index + 1, pair.0.request)
        }
    }

    /// The exchange for a request, which is then used.
    func take(_ request: RecordedRequest, isRead: Bool) -> Found {
        let key = Key(method: request.method, path: ReplayedURL.path(request.url))
        let index = state.withLock { state -> Int? in
            var waiting = state.waiting[key] ?? []
            if !state.waitingAnywhere.isEmpty { waiting = (waiting + state.waitingAnywhere).sorted() }
            if let index = waiting.first(where: { answers($0, request) }) {
                state.isUsed[index] = true
                state.waiting[key]?.removeAll { $0 == index }
                state.waitingAnywhere.removeAll { $0 == index }
                state.played[key, default: []].append(index)
                return index
            }
            guard isRead, case .reads = repetition else { return nil }
            return state.played[key]?.last { answers($0, request) }
        }
        if let index { return .exchange(cassette.exchanges[index]) }
        return .nothing(missing(request))
    }

    private func answers(_ index: Int, _ request: RecordedRequest) -> Bool {
        let recorded = cassette.exchanges[index].request
        return recorded.method == request.method && Placeholders.match(recorded.url, request.url)
            && BodyComparison(recorded.body, request.body).areSame
    }

    private func missing(_ request: RecordedRequest) -> String {
        let isUsed = state.withLock { $0.isUsed }
        return NearestRecording.description(of: request, in: cassette.exchanges, isUsed: isUsed, file: name)
    }
}
