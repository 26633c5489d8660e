/// What a worker knows of its claims, and what becomes of them: a value that does nothing itself.
///
/// Times are seconds of a clock that is never set and that counts while the machine, or the process, is stopped.
package struct WorkerState: Sendable {
    /// Why a script is stopped from outside.
    package enum Stop: Sendable, Equatable {
        /// The job is somebody else's by now: what it does counts for nothing.
        case lost
        /// Nobody knows whether it still is this worker's: the store could not be asked for so long.
        case expired
        /// An operator has taken it back.
        case cancelled
        /// The worker ends before the script.
        case drained
    }

    package enum Phase: Sendable, Equatable {
        case working
        /// Nothing new is taken; scripts may go on until then.
        case draining(until: Double)
        /// All scripts have been told to stop.
        case stopping
    }

    private struct Held: Sendable {
        /// Nobody else has the job before.
        var goodUntil: Double
        var stop: Stop?
        /// The script has ended, and the queue is still to be told.
        var hasEnded = false
    }

    package private(set) var phase = Phase.working
    private let slots: Int
    private let lease: Double
    private var held: [JobClaim: Held] = [:]

    /// - Parameters:
    ///   - slots: scripts at a time.
    ///   - lease: seconds that a claim is good for after it was made or prolonged.
    package init(slots: Int, lease: Double) {
        self.slots = slots
        self.lease = lease
    }

    /// A lease is not relied on to its very end: what is begun in time also takes its time.
    private var margin: Double { min(5, lease / 6) }

    // MARK: - What there is

    /// How many jobs to ask for.
    package var free: Int {
        phase == .working ? max(0, slots - running) : 0
    }

    /// Scripts that have not ended.
    package var running: Int { held.values.count { !$0.hasEnded } }

    /// Claims that the queue knows, whether their scripts run or not.
    package var claims: [JobClaim] { Array(held.keys) }

    /// Why the script was stopped; nil where it was not.
    package func stop(of claim: JobClaim) -> Stop? { held[claim]?.stop }

    /// Whether nobody else can have the job at that time.
    package func isGood(_ claim: JobClaim, at now: Double) -> Bool {
        guard let held = held[claim], held.stop != .lost, held.stop != .expired else { return false }
        return now + margin < held.goodUntil
    }

    /// When the leases are to be prolonged, in seconds after they were.
    package var beatInterval: Double { min(lease / 3, 3) }

    // MARK: - What happens

    /// Jobs were taken by a request that began at that time.
    package mutating func took(_ claims: [JobClaim], askedAt: Double) {
        for claim in claims { held[claim] = Held(goodUntil: askedAt + lease) }
    }

    /// A script has ended.
    ///
    /// - Returns: whether the queue is to be told; not where the job is somebody else's.
    package mutating func ended(_ claim: JobClaim) -> Bool {
        guard let one = held[claim] else { return false }
        if one.stop == .lost {
            held[claim] = nil
            return false
        }
        held[claim]?.hasEnded = true
        return true
    }

    /// The queue has been told of ends.
    package mutating func recorded(_ claims: some Sequence<JobClaim>) {
        for claim in claims { held[claim] = nil }
    }

    /// The queue has heard, by a request that began at that time, that the worker lives.
    ///
    /// - Parameter asked: the claims that it was about.
    /// - Returns: the scripts to stop now.
    package mutating func beaten(
        _ asked: [JobClaim], _ beat: JobBeat, askedAt: Double
    ) -> [(claim: JobClaim, stop: Stop)] {
        var stops: [(JobClaim, Stop)] = []
        for claim in asked {
            if beat.lost.contains(claim) {
                stops += stopped(claim, .lost)
            } else {
                if let one = held[claim], one.stop != .lost {
                    // Answers may come in another order than the questions.
                    held[claim]?.goodUntil = max(one.goodUntil, askedAt + lease)
                }
                if beat.cancelled.contains(claim) { stops += stopped(claim, .cancelled) }
            }
        }
        return stops
    }

    /// The claim turned out to hold no longer.
    package mutating func lost(_ claim: JobClaim) -> [(claim: JobClaim, stop: Stop)] { stopped(claim, .lost) }

    /// Time has passed.
    package mutating func tick(at now: Double) -> [(claim: JobClaim, stop: Stop)] {
        var stops: [(JobClaim, Stop)] = []
        // Whoever takes these jobs would run them a second time at once; to stop takes its time, too.
        for (claim, one) in held where one.goodUntil <= now + margin / 2 && !one.hasEnded {
            stops += stopped(claim, .expired)
        }
        if case .draining(let end) = phase, end <= now { stops += stopAll() }
        return stops
    }

    /// The worker is to end: nothing new is taken, and scripts may go on until that time.
    package mutating func drain(until end: Double) {
        guard phase == .working else { return }
        phase = .draining(until: end)
    }

    /// The worker is to end now.
    package mutating func stopAll() -> [(claim: JobClaim, stop: Stop)] {
        phase = .stopping
        return held.keys.flatMap { stopped($0, .drained) }
    }

    /// Each script is told once; that a job is lost outweighs all else.
    private mutating func stopped(_ claim: JobClaim, _ stop: Stop) -> [(JobClaim, Stop)] {
        guard let one = held[claim], one.stop == nil || stop == .lost && one.stop != .lost else { return [] }
        if one.hasEnded {
            // The queue refuses its end by itself.
            return []
        }
        held[claim]?.stop = stop
        return one.stop == nil ? [(claim, stop)] : []
    }
}
