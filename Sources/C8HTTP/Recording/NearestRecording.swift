import C8Platform

/// Tells of a request that no recording answers which one comes nearest, and where the two differ.
enum NearestRecording {
    /// Differences that are told; a request of another kind altogether would fill the screen.
    private static let most = 5
    /// Recordings of one path that are compared.
    private static let mostCompared = 200

    /// - Parameter isUsed: for each exchange, whether it was played.
    static func description(
        of request: RecordedRequest, in exchanges: [RecordedExchange], isUsed: [Bool], file: String
    ) -> String {
        let head = "no recording in \(file) answers \(request.method) \(request.url)"
        let played = exchanges.indices.filter { index in
            let recorded = exchanges[index].request
            return recorded.method == request.method && Placeholders.match(recorded.url, request.url)
                && BodyComparison(recorded.body, request.body).areSame
        }
        guard played.isEmpty else {
            let numbers = played.prefix(10).map { "\($0 + 1)" }.joined(separator: ", ")
            return "\(head) once more: exchange \(numbers) \(played.count == 1 ? "was" : "were") played already"
        }
        guard let nearest = nearest(to: request, in: exchanges, isUsed: isUsed) else {
            return exchanges.isEmpty ? "\(head): it is empty" : head
        }
        let recorded = exchanges[nearest].request
        var lines: [String] = []
        if recorded.method != request.method {
            lines.append("method: recorded \(recorded.method), asked \(request.method)")
        }
        if !Placeholders.match(recorded.url, request.url) {
            lines.append("url: recorded \(recorded.url), asked \(request.url)")
        }
        let bodies = BodyComparison(recorded.body, request.body, most: most)
        lines += bodies.differences
        if bodies.count > most { lines.append("and more of the body") }
        let state = isUsed[nearest] ? ", played already," : ""
        return "\(head); the nearest, exchange \(nearest + 1)\(state) differs:\n  " + lines.joined(separator: "\n  ")
    }

    private static func nearest(
        to request: RecordedRequest, in exchanges: [RecordedExchange], isUsed: [Bool]
    ) -> Int? {
        let path = ReplayedURL.path(request.url)
        // What is not played yet is what was probably meant.
        let samePath = exchanges.indices.filter { ReplayedURL.path(exchanges[$0].request.url) == path }
        let candidates = samePath.filter { !isUsed[$0] } + samePath.filter { isUsed[$0] }
        if !candidates.isEmpty {
            return candidates.prefix(mostCompared).min { left, right in
                distance(request, exchanges[left].request) < distance(request, exchanges[right].request)
            }
        }
        let paths = exchanges.map { String(ReplayedURL.path($0.request.url)) }
        guard let near = NearestNames.find(String(path), among: Set(paths), limit: 1).first else { return nil }
        return paths.indices.first { paths[$0] == near && !isUsed[$0] } ?? paths.firstIndex(of: near)
    }

    private static func distance(_ request: RecordedRequest, _ recorded: RecordedRequest) -> Int {
        BodyComparison(recorded.body, request.body, most: 50).count
            + (recorded.method == request.method ? 0 : 20) + (Placeholders.match(recorded.url, request.url) ? 0 : 5)
    }
}
