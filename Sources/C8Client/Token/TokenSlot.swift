/// The rules of the shared record, as a value: when a token of the store is good, when get-token may be called, and for
/// how long a reservation holds.
///
/// The platform allows one get-token a minute (page 获取 AccessToken, 2.2). The slot is therefore reserved in the record
/// before the call. Two moments of one start of the machine are compared by its uptime, which nobody sets; others by the
/// platform's clock where both are known by it, and else by the one on the wall, as far as that makes sense.
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

    /// Seconds that a reservation lasts whose holder dies: the call and the interval.
    var span: Double { Self.requestTime + interval + Self.margin }

    /// Looks at the record for a caller whom none of the `useless` tokens will serve.
    func step(_ record: TokenRecord?, except useless: Set<Secret>, at now: Moment) -> Step {
        guard let record else { return .reserve }
        if let token = record.token, token.isValid(at: now), !useless.contains(token.value) { return .use(token) }
        let seconds = remaining(record.fetchAfter, at: now)
        return seconds > 0 ? .wait(seconds) : .reserve
    }

    /// Seconds until a slot that is taken up to `end` is free; 0 when it is.
    func remaining(_ end: Moment, at now: Moment) -> Double {
        let seconds = end.seconds(since: now)
        // Also for a time that is no number: no damage may block for ever.
        guard seconds > 0 else { return 0 }
        // Nobody can have set that clock. Who keeps a longer interval is respected as far as this process's own goes.
        if now.isOfTheSameBoot(as: end) || now.platform != nil && end.platform != nil { return min(seconds, span) }
        guard let uptime = now.uptime, end.uptime != nil else {
            // A clock that has been set back since binds nobody; others may keep a longer interval, so there is some room.
            return seconds <= span + interval + Self.margin ? seconds : 0
        }
        // So far ahead that the clock has been set back. But the machine was started since, which tells the least age.
        return seconds <= span ? seconds : max(0, span - uptime.seconds)
    }

    /// When a reservation made now ends: after the call and the interval, if its holder dies.
    func reservedUntil(from now: Moment) -> Moment { now.advanced(by: span) }

    /// When the next call may be made after one that ended now. Counted from the end: a request may reach the platform
    /// late.
    func next(after end: Moment) -> Moment { end.advanced(by: interval + Self.margin) }

    /// The time a call has that was reserved `elapsed` seconds ago; nil when it is too late, as after the process was
    /// stopped for a while: the call must be over before the reservation's own request time is.
    static func requestTime(elapsed: Double) -> Double? {
        let left = requestTime - max(0, elapsed)
        return left >= 1 ? left : nil
    }
}
