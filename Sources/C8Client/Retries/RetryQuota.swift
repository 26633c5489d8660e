import Synchronization

/// What all calls to one host may spend on repetitions: when everything fails, each call is made once and few are repeated,
/// so that a host that is down is not hammered.
///
/// The figures are those of the AWS SDKs' standard mode: 500 to spend, 14 for a repetition, which a success gives back, and
/// 1 for each call that succeeds at once.
final class RetryQuota: Sendable {
    static let capacity = 500
    static let cost = 14
    private static let reward = 1

    private let left = Mutex(capacity)

    /// Takes what a repetition costs; false where too little is left.
    func spend() -> Bool {
        left.withLock { left in
            guard left >= Self.cost else { return false }
            left -= Self.cost
            return true
        }
    }

    /// Notes a success.
    ///
    /// - Parameter attempts: the requests that it took.
    func earn(attempts: Int) {
        left.withLock { left in
            left = min(Self.capacity, left + (attempts > 1 ? Self.cost : Self.reward))
        }
    }
}
