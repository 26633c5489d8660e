/// What may be known of the cached token; never the token.
package struct TokenStatus: Sendable, Hashable {
    package var age: Duration?
    package var ttl: Duration?
    /// Until the next call renews it; negative once it is due.
    package var refreshIn: Duration?
    /// Seconds since 1970.
    package var expiresAt: Double?
    package var refreshAt: Double?
    /// `memory` or `store`: where it was found; nil where there is none.
    package var source: String?

    package init() {}
}
