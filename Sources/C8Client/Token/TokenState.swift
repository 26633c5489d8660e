/// What one process knows of its token, as a value: no clock, no lock, no I/O. Each transition says what is to be done.
///
/// Times are monotonic seconds (``ClientClock/monotonic()``), so that a clock that is set neither revives a token nor
/// kills it.
struct TokenState: Sendable {
    /// What a caller who wants a token has to do.
    enum Answer: Equatable, Sendable {
        /// Call with this token.
        case use(Token)
        /// Call with this token, and start a renewal that nobody waits for.
        case useAndRenew(Token)
        /// Start a fetch, for everybody who comes while it runs, and wait for it. None of these tokens will do.
        case fetch(except: Set<Secret>)
        /// Wait for the fetch that is under way.
        case join
    }

    private struct Held: Sendable {
        let token: Token
        /// When the token's life began, by the monotonic clock.
        let born: Double
        /// From 0 to 1: how late in the first half of the window the renewal begins.
        let jitter: Double

        func isValid(at time: Double) -> Bool { time < born + token.ttl }
        /// The last tenth of the time to live has begun (page 获取 AccessToken, 3.1), and so much of it is over.
        func isDueForRenewal(at time: Double) -> Bool {
            time >= born + token.ttl - token.ttl / 10 + token.ttl / 20 * jitter
        }
    }

    private var held: Held?
    private var isFetching = false
    private var isRenewing = false
    /// No renewal before this time.
    private var nextRenewal = -Double.infinity

    /// A caller wants a token, other than the `refused` ones.
    mutating func request(except refused: Set<Secret>, at time: Double) -> Answer {
        if let token = usable(except: refused, at: time), let held {
            // While a fetch is under way the slot is taken, and its token will serve as the new one.
            guard held.isDueForRenewal(at: time), !isRenewing, !isFetching, time >= nextRenewal else {
                return .use(token)
            }
            isRenewing = true
            return .useAndRenew(token)
        }
        if isFetching { return .join }
        isFetching = true
        // What has died here is dead, though the store may look younger by a clock that was set back.
        let dead = held.flatMap { $0.isValid(at: time) ? nil : $0.token.value }
        return .fetch(except: dead.map { refused.union([$0]) } ?? refused)
    }

    /// The token in hand, if it can be used.
    func usable(except refused: Set<Secret>, at time: Double) -> Token? {
        guard let held, held.isValid(at: time), !refused.contains(held.token.value) else { return nil }
        return held.token
    }

    /// The token in hand, where it can be used and nothing else is to be done.
    func ready(at time: Double) -> Token? {
        guard let held, held.isValid(at: time), !held.isDueForRenewal(at: time) else { return nil }
        return held.token
    }

    /// Seconds since the life of the token in hand began; 0 without one.
    func age(at time: Double) -> Double { held.map { time - $0.born } ?? 0 }

    /// The fetch is over: with a token of that age, or without one. A failure leaves no trace.
    mutating func fetchEnded(_ token: Token?, age: Double, jitter: Double, at time: Double) {
        isFetching = false
        if let token { hold(token, age: age, jitter: jitter, at: time) }
    }

    /// The renewal is over: with a token of that age, or without one, and then the next may begin `pause` seconds
    /// later.
    mutating func renewalEnded(_ token: Token?, age: Double, jitter: Double, pause: Double, at time: Double) {
        isRenewing = false
        if let token { hold(token, age: age, jitter: jitter, at: time) } else { nextRenewal = time + pause }
    }

    /// The operator wants the token forgotten.
    mutating func forget() {
        held = nil
    }

    /// The token in hand, good or not.
    var current: Token? { held?.token }

    private mutating func hold(_ token: Token, age: Double, jitter: Double, at time: Double) {
        // A token from the future was made before the clock was set back: it is as good as new, and no better.
        held = Held(token: token, born: time - max(0, age), jitter: max(0, min(jitter, 1)))
        nextRenewal = -.infinity
    }
}
