/// How long one caller waits for the slot, as a value: at most for the whole of a reservation, and for so many of them.
///
/// What a record says of the future is believed only so far: a clock may have been set, and a holder may be stopped.
struct TokenPatience: Sendable {
    /// What a caller does who would have to wait.
    enum Decision: Equatable, Sendable {
        /// Look again in so many seconds.
        case nap(Double)
        /// The reservation has lasted longer than one can: it binds nobody.
        case take
        /// Enough.
        case giveUp
    }

    /// Reservations that are waited out, one after the other.
    static let mostSlots = 3
    /// The same where each process waits for itself, because the store cannot be used: then others fetch in between.
    static let mostSlotsWithoutStore = 10
    /// A wait longer than this is told to the operator.
    private static let worthTelling = 2.0
    /// Reservations lost to others at the last moment, or grown too old before they were used, until something must be wrong.
    private static let mostStumbles = 100

    /// Seconds that a reservation lasts (``TokenSlot/span``).
    let span: Double
    /// Reservations that were met.
    private(set) var slots = 0
    /// When the first nap began; nil while there was none.
    private(set) var began: Double?
    private var generation: Int64?
    private var since = 0.0
    private var pause = 0.05
    private var stumbles = 0
    private var isTold = false

    /// For reservations that last so many seconds.
    init(span: Double) {
        self.span = span
    }

    /// Somebody has the slot.
    ///
    /// - Parameters:
    ///   - generation: which reservation it is.
    ///   - left: seconds of it, as the record has it.
    ///   - time: monotonic seconds.
    ///   - random: from 0 to 1; naps are uneven, so that many processes do not look at the same time.
    mutating func wait(
        for generation: Int64, left: Double, atMost mostSlots: Int, at time: Double, random: Double
    ) -> Decision {
        if generation != self.generation {
            guard slots < mostSlots else { return .giveUp }
            slots += 1
            self.generation = generation
            since = time
            isTold = false
            // Short at first, since the holder of the slot usually has its token in a moment.
            pause = 0.05
        }
        let rest = since + span - time
        guard rest > 0 else { return .take }
        if began == nil { began = time }
        defer { pause = min(pause * 1.5, 0.5) }
        return .nap(max(0.01, min(pause * (0.75 + random / 2), left, rest)))
    }

    /// The slot looked free and could not be used. False when that has happened so often that something must be wrong.
    mutating func stumble() -> Bool {
        stumbles += 1
        return stumbles < Self.mostStumbles
    }

    /// Whether it is time to tell that there is a wait, once for each reservation.
    mutating func isWorthTelling(at time: Double) -> Bool {
        guard !isTold, generation != nil, time - since >= Self.worthTelling else { return false }
        isTold = true
        return true
    }
}
