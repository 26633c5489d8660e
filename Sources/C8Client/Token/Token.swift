/// An access token and its times.
package struct Token: Sendable, Hashable {
    /// The token itself.
    package let value: Secret
    /// Grows with each fetch of the application's token, over all processes that share the store.
    package let generation: Int64
    /// When the request for it was made.
    package let fetched: Moment
    /// Seconds that the token is valid from `fetched`.
    package let ttl: Double

    /// A token with its times; nothing is checked.
    package init(value: Secret, generation: Int64, fetched: Moment, ttl: Double) {
        self.value = value
        self.generation = generation
        self.fetched = fetched
        self.ttl = ttl
    }

    /// Seconds since it was asked for. By the clock on the wall, and then perhaps negative, only where there is no better one.
    package func age(at now: Moment) -> Double { now.seconds(since: fetched) }

    /// Good for a call now. A token from the future is one that a clock set back has left behind: how old it is cannot
    /// be told.
    func isValid(at now: Moment) -> Bool {
        let age = age(at: now)
        return age < ttl && age >= (now.isOfTheSameBoot(as: fetched) ? 0 : -60)
    }
}
