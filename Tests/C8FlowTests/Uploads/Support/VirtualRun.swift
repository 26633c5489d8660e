@testable import C8Flow

/// A client that always has something to send, under a ``ConcurrencyLimit``, against a ``VirtualServer``.
struct VirtualRun {
    private(set) var limit: ConcurrencyLimit
    private var server: VirtualServer
    private var flights: [(end: Double, ticket: ConcurrencyLimit.Ticket, outcome: ConcurrencyLimit.Outcome)] = []
    private var now = 0.0

    /// What was seen from one time to another.
    struct Figures {
        var answered = 0
        var refused = 0
        var mostInFlight = 0
        var limitSeconds = 0.0
        var seconds = 0.0

        var rate: Double { Double(answered) / seconds }
        var refusedPart: Double { Double(refused) / Double(max(1, answered + refused)) }
        var meanLimit: Double { limitSeconds / seconds }
    }

    init(maximum: Int, _ server: VirtualServer) {
        limit = ConcurrencyLimit(maximum: maximum)
        self.server = server
    }

    /// Goes on until a time.
    mutating func run(until end: Double) -> Figures {
        var figures = Figures(seconds: end - now)
        while true {
            while limit.room(at: now) > 0 {
                let ticket = limit.start(at: now)
                let (seconds, outcome) = server.serve(at: now, inFlight: limit.inFlight)
                flights.append((now + seconds, ticket, outcome))
                figures.mostInFlight = max(figures.mostInFlight, limit.inFlight)
            }
            var next = flights.map(\.end).min() ?? .infinity
            if let opens = limit.opens(after: now) { next = min(next, opens) }
            let until = min(next, end)
            figures.limitSeconds += Double(limit.limit) * (until - now)
            now = until
            guard next < end else { return figures }
            guard let index = flights.firstIndex(where: { $0.end <= now }) else { continue }
            let flight = flights.remove(at: index)
            if flight.outcome == .answered { figures.answered += 1 } else { figures.refused += 1 }
            limit.end(flight.ticket, flight.outcome, at: now)
        }
    }
}
