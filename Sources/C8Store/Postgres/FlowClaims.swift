import C8Flow
import Synchronization

/// The flows that one journal's process runs, and how far what it has written of each has been confirmed.
final class FlowClaims: Sendable {
    private struct State {
        /// The number of the last change; nil where the answer to one was lost.
        var revisions: [FlowClaim: Int64?] = [:]
        /// Until when nobody else can take the flow, by the clock that counts while the process is stopped and the machine
        /// sleeps.
        var safe: [FlowClaim: ContinuousClock.Instant] = [:]
        var isKept = false
    }

    private let state = Mutex(State())

    /// - Returns: whether somebody has to begin to prolong the leases.
    func add(_ claim: FlowClaim, safeUntil time: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            state.revisions[claim] = .some(0)
            state.safe[claim] = time
            defer { state.isKept = true }
            return !state.isKept
        }
    }

    /// - Returns: whether it was there.
    @discardableResult
    func remove(_ claim: FlowClaim) -> Bool {
        state.withLock { state in
            state.safe[claim] = nil
            return state.revisions.removeValue(forKey: claim) != nil
        }
    }

    /// The lease has been prolonged.
    func keep(_ claim: FlowClaim, safeUntil time: ContinuousClock.Instant) {
        state.withLock { state in
            if let known = state.safe[claim], known < time { state.safe[claim] = time }
        }
    }

    /// Whether nobody else can take the flow before that time.
    func isSafe(_ claim: FlowClaim, until time: ContinuousClock.Instant) -> Bool {
        state.withLock { $0.safe[claim].map { $0 >= time } ?? false }
    }

    /// - Throws: ``FlowJournalError/lostOwnership(_:)`` where the claim was given up or lost.
    func revision(of claim: FlowClaim) throws(FlowJournalError) -> Int64? {
        guard let revision = state.withLock({ $0.revisions[claim] }) else { throw .lostOwnership(claim.id) }
        return revision
    }

    func set(_ claim: FlowClaim, revision: Int64) throws(FlowJournalError) {
        let isHeld = state.withLock { state in
            guard state.revisions[claim] != nil else { return false }
            state.revisions[claim] = .some(revision)
            return true
        }
        if !isHeld { throw .lostOwnership(claim.id) }
    }

    /// Whether the last change took place is not known.
    func forgetRevision(of claim: FlowClaim) {
        state.withLock { state in
            if state.revisions[claim] != nil { state.revisions[claim] = .some(nil) }
        }
    }

    /// All that are held; empty, and then nobody prolongs them any more, where there are none.
    func toKeep() -> [FlowClaim] {
        state.withLock { state in
            if state.revisions.isEmpty { state.isKept = false }
            return Array(state.revisions.keys)
        }
    }
}
