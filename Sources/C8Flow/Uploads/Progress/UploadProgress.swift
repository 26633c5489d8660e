import Glibc

/// How fast an upload goes and how long it will take. A value without a clock; times are seconds of any clock that only
/// goes forward, amounts are rows or bytes.
package struct UploadProgress: Sendable {
    /// What there is to do; nil when unknown.
    package let total: Double?
    /// What is done, with what earlier runs did.
    package private(set) var done = 0.0

    /// The last ten seconds or so decide the rate.
    private static let memory = 10.0
    private static let leastInterval = 0.2

    private var lastTime: Double
    private var pending = 0.0
    private var average = 0.0
    /// How much of the average is made of real intervals; 1 after a while.
    private var weight = 0.0

    /// - Parameter total: what there is to do; nil when unknown.
    package init(total: Double?, at now: Double) {
        self.total = total
        lastTime = now
    }

    /// Adds what an earlier run did: it is done, but says nothing of the rate.
    package mutating func skip(_ amount: Double) { done += amount }

    /// Adds what was done since the last call; also called with 0 while nothing happens, so that the rate falls.
    package mutating func add(_ amount: Double, at now: Double) {
        done += amount
        pending += amount
        let interval = now - lastTime
        guard interval >= Self.leastInterval else { return }
        let keep = exp(-interval / Self.memory)
        average = average * keep + pending / interval * (1 - keep)
        weight = weight * keep + (1 - keep)
        pending = 0
        lastTime = now
    }

    /// What is done in a second; nil at the very beginning.
    package var rate: Double? { weight > 0 ? average / weight : nil }

    /// Between 0 and 1; nil when the total is unknown.
    package var fraction: Double? { total.map { $0 > 0 ? min(1, max(0, done / $0)) : 1 } }

    /// Seconds until all is done at the present rate; nil when the total is unknown or nothing happens.
    package var remaining: Double? {
        guard let total, let rate, rate > 0 else { return nil }
        return max(0, total - done) / rate
    }
}
