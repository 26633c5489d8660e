/// What may be known of the cached token and of the slot for the next one; never the token.
///
/// Times since 1970 are by the clock on the wall as it is now, whatever was done to it since the token was fetched.
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
    /// There is one, and it cannot be used any more.
    package var isExpired = false
    /// Who asked for a token last, as `host:pid`; nil where that is not known.
    package var holder: String?
    /// Until the next token may be fetched; nil where it may be now.
    package var nextFetchIn: Duration?
    /// By how many seconds this machine's clock is ahead of the platform's, which has answered since the machine was started;
    /// nil where it has not.
    package var clockAhead: Double?
    /// The platform's code, where it refused the application's key or secret the last time.
    package var refusalCode: Int64?

    /// No token.
    package init() {}

    init(_ token: Token, source: String, now: Moment) {
        let age = token.age(at: now)
        self.age = Self.duration(age)
        ttl = Self.duration(token.ttl)
        let untilRefresh = token.ttl - token.ttl / 10 - age
        refreshIn = Self.duration(untilRefresh)
        expiresAt = now.wall + token.ttl - age
        refreshAt = now.wall + untilRefresh
        isExpired = !token.isValid(at: now)
        self.source = source
    }

    /// What the record says beside the token.
    mutating func add(_ record: TokenRecord?, slot: TokenSlot, now: Moment) {
        guard let record else { return }
        holder = record.holder
        clockAhead = now.platform.map { now.wall - $0 }
        refusalCode = record.refusal?.code
        let seconds = slot.remaining(record.fetchAfter, at: now)
        if seconds > 0 { nextFetchIn = Self.duration(seconds) }
    }

    /// Times come from a file, so a number of any size must do.
    private static func duration(_ seconds: Double) -> Duration {
        let century = 3.2e9
        guard seconds.isFinite else { return .zero }
        return .milliseconds(Int64(max(-century, min(century, seconds)) * 1000))
    }
}
