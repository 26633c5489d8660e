/// When and how often a call is made again.
package struct RetryPolicy: Sendable, Hashable {
    /// Requests for one call at most, the first one included; a renewed token does not count.
    package var maximumAttempts: Int
    /// The longest pause before the second request; it doubles with each further one.
    package var baseDelay: Duration
    /// The longest pause at all.
    package var maximumDelay: Duration
    /// Bound on a call with all its pauses and repetitions.
    package var deadline: Duration
    /// Codes of the platform after which a call that may be repeated is repeated, besides HTTP 429, 502, 503 and 504.
    package var codes: Set<Int64>

    /// Three attempts, pauses of up to 0.5 s, 1 s, …, 20 s, all within two minutes.
    package init(
        maximumAttempts: Int = 3, baseDelay: Duration = .milliseconds(500), maximumDelay: Duration = .seconds(20),
        deadline: Duration = .seconds(120), codes: Set<Int64> = []
    ) {
        self.maximumAttempts = maximumAttempts
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.deadline = deadline
        self.codes = codes
    }
}
