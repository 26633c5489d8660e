import Fuzzing

@testable import C8Flow

/// A server in virtual time: how long it takes, and what it answers.
struct VirtualServer {
    /// Seconds for a request at a time with so many under way.
    var latency: (_ now: Double, _ inFlight: Int) -> Double
    /// Requests a second beyond which it says 429; infinite for none.
    var rate: (_ now: Double) -> Double = { _ in .infinity }
    /// What it asks for with a 429, in seconds.
    var retryAfter: Double?
    /// The part of requests without any answer.
    var lost: (_ now: Double) -> Double = { _ in 0 }
    /// After so many seconds, the client gives up.
    var timeout = 10.0

    private var tokens = 1.0
    private var lastTime = 0.0
    private var generator = SeededGenerator(seed: 3)

    init(latency: @escaping (_ now: Double, _ inFlight: Int) -> Double) { self.latency = latency }

    /// What becomes of a request, and after how many seconds.
    mutating func serve(at now: Double, inFlight: Int) -> (seconds: Double, outcome: ConcurrencyLimit.Outcome) {
        let rate = rate(now)
        if rate.isFinite {
            // A bucket that holds a tenth of a second, at least two requests.
            tokens = min(max(2, rate / 10), tokens + (now - lastTime) * rate)
            lastTime = now
            if tokens < 1 { return (0.005, .overloaded(retryAfter: retryAfter)) }
            tokens -= 1
        }
        let chance = Double(generator.number(below: 1 << 20)) / Double(1 << 20)
        if chance < lost(now) { return (timeout, .overloaded(retryAfter: nil)) }
        let seconds = latency(now, inFlight) * (0.9 + 0.2 * Double(generator.number(below: 1024)) / 1024)
        return seconds < timeout ? (seconds, .answered) : (timeout, .overloaded(retryAfter: nil))
    }
}
