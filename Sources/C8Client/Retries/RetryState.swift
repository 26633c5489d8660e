import C8Platform

/// Decides after each failure of one call whether it is made again, and after which pause. A value: it neither sleeps nor
/// reads a clock.
struct RetryState: Sendable {
    private let policy: RetryPolicy
    /// When the call's time is over, in seconds of a monotonic clock.
    let end: Double
    private var attempts = 0

    /// - Parameter timeout: of one attempt, which the deadline leaves room for at least once.
    init(_ policy: RetryPolicy, timeout: Duration, now: Double) {
        self.policy = policy
        end = now + Self.seconds(max(policy.deadline, timeout))
    }

    /// The pause in seconds before the next attempt, or nil where the failure stands.
    ///
    /// - Parameters:
    ///   - random: between 0 and 1. Full jitter: whoever failed together does not come back together.
    mutating func pause(
        after error: ClientError, effect: Effect, now: Double, random: Double, quota: RetryQuota
    ) -> Double? {
        attempts += 1
        guard attempts < policy.maximumAttempts, Self.mayRepeat(error, effect: effect, codes: policy.codes) else {
            return nil
        }
        let longest = min(
            Self.seconds(policy.maximumDelay), Self.seconds(policy.baseDelay) * Double(1 << min(attempts - 1, 20)))
        // What the server asks for is the least; a second of jitter keeps the waiters apart.
        let pause = error.retryAfter.map { $0 + random } ?? longest * random
        guard now + pause < end, quota.spend() else { return nil }
        return pause
    }

    /// A write is repeated only where nothing of it was sent; anything else where the failure may pass by itself.
    static func mayRepeat(_ error: ClientError, effect: Effect, codes: Set<Int64>) -> Bool {
        switch error.kind {
        case .network, .timeout:
            return effect != .write || error.outcome == .notSent
        case .http, .api:
            // Without a token nothing of the call was sent, whatever get-token was answered with.
            guard effect != .write || error.outcome == .notSent else { return false }
            if let status = error.status, [429, 502, 503, 504].contains(status) { return true }
            // A gateway may put its own status into an envelope that comes with HTTP 200.
            return error.code.map { codes.contains($0) || (502...504).contains($0) } ?? false
        case .denied, .config, .unbound, .invalid, .limit, .cancelled:
            return false
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
