/// How many requests may be under way at once: additive increase, multiplicative decrease. A value without a clock;
/// times are seconds of any clock that only goes forward.
///
/// It starts at 2, grows by 1 after as many successes as the limit says when the limit was really reached, is halved
/// when the other side is overloaded, and loses a tenth when latency grows well beyond the usual, each at most once in
/// a round trip. Where it was refused last, it grows more carefully. Below 1 it becomes a pace: one request at a time,
/// with a gap that keeps the rate at that part of one request's.
package struct ConcurrencyLimit: Sendable {
    /// A request under way; to be given back to ``end(_:_:at:)``.
    package struct Ticket: Sendable, Hashable {
        fileprivate let startedAt: Double
    }

    /// How a request ended, as far as load is concerned.
    package enum Outcome: Sendable, Hashable {
        /// An answer, whatever it says.
        case answered
        /// HTTP status 429 or 503, or no answer in time; with the seconds that the other side asks for.
        case overloaded(retryAfter: Double?)
        /// Anything that tells nothing of load: no connection, cancelled.
        case other
    }

    /// The most requests at once.
    package let maximum: Int
    /// Requests under way.
    package private(set) var inFlight = 0
    /// Nothing starts before this, whatever the limit says: the other side asked for a pause.
    package private(set) var pausedUntil = -Double.infinity

    private let initial: Double
    private var level: Double
    private var latency = LatencyWatch()
    private var window = Window()
    /// Whoever started before saw the world as it was before the last decrease.
    private var lastDecrease = -Double.infinity
    private var lastStart = -Double.infinity
    /// The level that was refused last, until the limit has grown beyond it.
    private var refusedLevel: Double?

    /// Answers since the limit last changed.
    private struct Window: Sendable {
        var successes = 0
        var wasFull = false
    }

    /// The least part of one request's rate; with the longest gap, what is left of the pace when all is refused.
    private static let leastLevel = 1.0 / 4096
    private static let longestGap = 30.0
    private static let longestPause = 86_400.0
    /// Successes that are wanted before a level is tried that was refused.
    private static let carefulSuccesses = 20

    /// - Parameter maximum: the most requests at once; at least 1.
    package init(maximum: Int) {
        self.maximum = max(1, maximum)
        initial = Double(min(2, self.maximum))
        level = initial
    }

    /// The most requests that may be under way now.
    package var limit: Int { max(1, Int(level)) }

    /// How many requests may start at this time.
    package func room(at now: Double) -> Int {
        now < earliestStart ? 0 : max(0, limit - inFlight)
    }

    /// When a request may start that must not start now because of a pause or the pace; nil when neither is in the way.
    package func opens(after now: Double) -> Double? {
        earliestStart > now && inFlight < limit ? earliestStart : nil
    }

    /// Notes that a request starts.
    package mutating func start(at now: Double) -> Ticket {
        inFlight += 1
        lastStart = now
        if inFlight >= limit { window.wasFull = true }
        return Ticket(startedAt: now)
    }

    /// Notes that a request ended, and learns from it.
    package mutating func end(_ ticket: Ticket, _ outcome: Outcome, at now: Double) {
        inFlight = max(0, inFlight - 1)
        switch outcome {
        case .other: break
        case .answered:
            let isSlow = latency.note(now - ticket.startedAt, mayRise: level <= initial)
            // Latency alone never takes more than the beginning's parallelism.
            if isSlow {
                if level > initial { decrease(to: max(initial, level * 0.9), ticket, at: now) }
            } else {
                grow()
            }
        case .overloaded(let retryAfter):
            if let retryAfter, retryAfter.isFinite, retryAfter > 0 {
                pausedUntil = max(pausedUntil, now + min(retryAfter, Self.longestPause))
            }
            if ticket.startedAt >= lastDecrease { refusedLevel = level }
            decrease(to: max(Self.leastLevel, level * 0.5), ticket, at: now)
        }
    }

    private var earliestStart: Double {
        guard level < 1 else { return pausedUntil }
        let gap = min(Self.longestGap, max(0.001, latency.recent ?? 0.1) / level)
        return max(pausedUntil, lastStart + gap)
    }

    private mutating func decrease(to lower: Double, _ ticket: Ticket, at now: Double) {
        guard ticket.startedAt >= lastDecrease else { return }
        level = lower
        lastDecrease = now
        window = Window()
    }

    private mutating func grow() {
        if level < 1 {
            growPace()
            return
        }
        window.successes += 1
        guard level < Double(maximum) else { return }
        let next = min(Double(maximum), level + 1)
        let isRisky = refusedLevel.map { next >= $0 } ?? false
        guard window.successes >= (isRisky ? max(Self.carefulSuccesses, 2 * limit) : limit) else { return }
        if window.wasFull {
            if let refusedLevel, level > refusedLevel { self.refusedLevel = nil }
            level = next
        }
        window = Window()
    }

    /// Quick far from where it was refused, slow around it.
    private mutating func growPace() {
        guard let refusedLevel else {
            level = min(1, level * 1.2)
            return
        }
        if level < refusedLevel * 0.9 {
            level = min(level * 1.2, refusedLevel * 0.9)
        } else if level <= refusedLevel * 1.1 {
            level *= 1.01
        } else {
            self.refusedLevel = nil
        }
        level = min(1, level)
    }
}
