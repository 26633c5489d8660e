/// The rules of the shared record, as a value: when a token of the store is good, when get-token may be called, and for
/// how long a reservation holds.
///
/// The platform allows one get-token a minute (page 获取 AccessToken, 2.2). The slot is therefore reserved in the record
/// before the call. Times are seconds since 1970, which all processes of a machine share.
struct TokenSlot: Sendable {
    /// What to do after a look at the record.
    enum Step: Equatable, Sendable {
        /// The store's token will do.
        case use(Token)
        /// The slot looks free.
        case reserve
        /// Somebody has the slot, or had it just now: so many seconds are left of it.
        case wait(Double)
    }

    /// A get-token call takes at most this long; part of the reservation.
    static let requestTime = 10.0
    /// Added to the interval, so that both sides' clocks may differ a little in pace.
    static let margin = 0.25

    /// Seconds that the operator wants between two calls.
    let interval: Double

    /// Looks at the record for a caller whom none of the `useless` tokens will serve.
    func step(_ record: TokenRecord?, except useless: Set<Secret>, at now: Double) -> Step {
        guard let record else { return .reserve }
        if let token = record.token, token.isValid(at: now), !useless.contains(token.value) { return .use(token) }
        // Written so that a time that is no number counts as free: no damage may block for ever.
        guard record.fetchAfter > now, record.fetchAfter <= latest(at: now) else { return .reserve }
        return .wait(record.fetchAfter - now)
    }

    /// When a reservation made now ends: after the call and the interval, if its holder dies.
    func reservedUntil(from now: Double) -> Double { now + Self.requestTime + interval + Self.margin }

    /// A reservation that ends later than this was made by a clock that has been set back since, and binds nobody.
    func latest(at now: Double) -> Double { reservedUntil(from: now) + interval + Self.margin }

    /// When the next call may be made after one that ended now. Counted from the end: a request may reach the platform
    /// late.
    func next(after end: Double) -> Double { end + interval + Self.margin }

    /// The time a call has that was reserved `elapsed` seconds ago; nil when it is too late, as after the process was
    /// stopped for a while: the call must be over before the reservation's own request time is.
    static func requestTime(elapsed: Double) -> Double? {
        let left = requestTime - max(0, elapsed)
        return left >= 1 ? left : nil
    }
}
