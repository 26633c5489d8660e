/// What may be known of the cached token; never the token.
package struct TokenStatus: Sendable, Hashable {
    /// Since it was fetched.
    package var age: Duration?
    /// How long it is valid in all.
    package var ttl: Duration?
    /// Until the next call renews it; negative once it is due.
    package var refreshIn: Duration?
    /// Seconds since 1970.
    package var expiresAt: Double?
    /// Seconds since 1970.
    package var refreshAt: Double?
    /// `memory` or `store`: where it was found; nil where there is none.
    package var source: String?

    /// No token.
    package init() {}

    init(_ token: Token, source: String, now: Double) {
        age = Self.duration(now - token.fetchedAt)
        ttl = Self.duration(token.ttl)
        refreshIn = Self.duration(token.refreshAt - now)
        expiresAt = token.expiresAt
        refreshAt = token.refreshAt
        self.source = source
    }

    /// Times come from a file, so a number of any size must do.
    private static func duration(_ seconds: Double) -> Duration {
        let century = 3.2e9
        guard seconds.isFinite else { return .zero }
        return .milliseconds(Int64(max(-century, min(century, seconds)) * 1000))
    }
}
