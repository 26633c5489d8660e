/// The rules of the shared record, as a value: when a token of the store is good, when get-token may be called, and for
/// how long a reservation holds.
///
/// The platform allows one get-token a minute (page 获取 AccessToken, 2.2). The slot is therefore reserved in the record
/// before the call. Two moments of one start of the machine are compared by its uptime, which nobody sets; others by the
/// clock on the wall, as far as that makes sense.
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
        // Not `-end.seconds(since: now)` alone: each case has its own idea of what cannot be.
        if now.isOfTheSameBoot(as: end) { return sound(end.seconds(since: now)) }
        let byWall = end.wall - now.wall
        guard let uptime = now.uptime, end.uptime != nil else { return sound(byWall) }
        // The machine was started since the reservation was made, so that is at least as long ago as the start; the clock on
        // the wall may have been set meanwhile.
        let atMost = max(0, span - uptime.seconds)
        return byWall <= 0 ? 0 : byWall <= span ? min(byWall, atMost) : atMost
    }

    /// Written so that a time that is no number counts as free: no damage may block for ever. Nor may a clock that has been
    /// set back since; others may keep a longer interval than this process, so there is some room.
    private func sound(_ seconds: Double) -> Double {
        seconds > 0 && seconds <= span + interval + Self.margin ? seconds : 0
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
