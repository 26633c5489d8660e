/// Stops a program that goes on calling a platform which is down: after several calls in a row that failed on the way, repetitions
/// and all, further ones fail at once for a moment. A value: it reads no clock.
///
/// No circuit breaker with states of its own: after the moment calls pass again, and the next failure begins another.
struct FailureStreak: Sendable {
    /// Calls in a row.
    static let limit = 5
    /// Seconds for which calls fail at once.
    static let rest = 10.0

    private(set) var failures = 0
    private var restsUntil = -Double.infinity

    /// Seconds for which calls still fail at once; nil where they pass.
    ///
    /// - Parameter now: seconds of a monotonic clock.
    func rest(at now: Double) -> Double? { now < restsUntil ? restsUntil - now : nil }

    /// A call has ended, with all its attempts.
    mutating func ended(with error: ClientError?, at now: Double) {
        guard let error else {
            failures = 0
            return
        }
        switch Self.meaning(of: error) {
        case true?:
            failures += 1
            if failures >= Self.limit { restsUntil = now + Self.rest }
        case false?: failures = 0
        case nil: break
        }
    }

    /// Whether the platform is to blame; false where it has answered, and nil for what says nothing of it.
    private static func meaning(of error: ClientError) -> Bool? {
        switch error.kind {
        case .network: true
        // Without an attempt it was the program's own queue, or the platform's rule for tokens, that took the time.
        case .timeout: error.attempts > 0 ? true : nil
        // Code 500 is the platform's "unknown error", which may be this one call's.
        case .http, .api: error.status.map { $0 >= 500 || (502...504).contains(error.code ?? 0) }
        case .denied, .config, .unbound, .invalid, .limit, .cancelled: nil
        }
    }
}
