/// An access token and its times. Times are seconds since 1970 by this machine's clock.
package struct Token: Sendable, Hashable {
    /// The token itself.
    package let value: Secret
    /// Grows with each fetch of the application's token, over all processes that share the store.
    package let generation: Int64
    /// When the request for it was made.
    package let fetchedAt: Double
    /// Seconds that the token is valid from `fetchedAt`.
    package let ttl: Double

    /// A token with its times; nothing is checked.
    package init(value: Secret, generation: Int64, fetchedAt: Double, ttl: Double) {
        self.value = value
        self.generation = generation
        self.fetchedAt = fetchedAt
        self.ttl = ttl
    }

    /// When the token is dead.
    package var expiresAt: Double { fetchedAt + ttl }
    /// The last tenth of the time to live begins (page 获取 AccessToken, 3.1).
    package var refreshAt: Double { fetchedAt + ttl - ttl / 10 }

    /// Good for a call now. A token from the future is one that a clock set back has left behind: how old it is cannot
    /// be told.
    func isValid(at now: Double) -> Bool { now < expiresAt && now >= fetchedAt - 60 }
}
