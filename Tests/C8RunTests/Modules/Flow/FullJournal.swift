import C8Flow
import Synchronization

/// A journal on a disk that becomes full: from the entry on that the test names, nothing can be written until there is room.
final class FullJournal: FlowJournal {
    private struct State {
        var isFull = false
        var fillsAt: (@Sendable (StepEntry) -> Bool)?
        /// So many are kept of how far uploads are.
        var checkpointsLeft: Int?
        /// Somebody else has taken the flow once a write is about to leave.
        var isFollowed = false
    }

    private let inner = MemoryFlowJournal()
    private let state: Mutex<State>

    init(fillsAt: @escaping @Sendable (StepEntry) -> Bool) {
        state = Mutex(State(fillsAt: fillsAt))
    }

    /// Becomes full after so many notes of how far uploads are.
    init(checkpoints: Int) {
        state = Mutex(State(checkpointsLeft: checkpoints))
    }

    /// Has room, but its flows are taken by others as soon as a write is noted.
    init(isFollowed: Void) {
        state = Mutex(State(isFollowed: true))
    }

    /// There is room again.
    func makeRoom() { state.withLock { $0 = State() } }

    private func checkRoom(for entry: StepEntry? = nil) throws {
        let isFull = state.withLock { state in
            if let entry, state.fillsAt?(entry) == true { state.isFull = true }
            return state.isFull
        }
        if isFull { throw FlowJournalError.storage("SQLite says 13 (database or disk is full)") }
    }

    func claim(_ request: FlowRequest, at now: Double) async throws -> FlowOpening {
        try checkRoom()
        return try await inner.claim(request, at: now)
    }

    func write(_ entry: StepEntry, of key: StepKey, under claim: FlowClaim, at now: Double) async throws {
        try checkRoom(for: entry)
        try await inner.write(entry, of: key, under: claim, at: now)
    }

    func keep(checkpoint: String, _ key: String, isLight: Bool, under claim: FlowClaim, at now: Double) async throws {
        state.withLock { state in
            guard let left = state.checkpointsLeft else { return }
            state.checkpointsLeft = left - 1
            if left <= 0 { state.isFull = true }
        }
        try checkRoom()
        try await inner.keep(checkpoint: checkpoint, key, isLight: isLight, under: claim, at: now)
    }

    func end(_ claim: FlowClaim, with end: FlowEnd, at now: Double) async throws {
        try checkRoom()
        try await inner.end(claim, with: end, at: now)
    }

    @discardableResult
    func resolve(
        _ id: FlowID, _ key: StepKey, as settlement: StepSettlement, by operatorName: String, at now: Double
    ) async throws -> StepResolution? {
        try checkRoom()
        return try await inner.resolve(id, key, as: settlement, by: operatorName, at: now)
    }

    func lastWrite(of key: StepKey, under claim: FlowClaim) async throws -> Double? {
        try await inner.lastWrite(of: key, under: claim)
    }
    func checkpoint(_ key: String, under claim: FlowClaim) async throws -> String? {
        try await inner.checkpoint(key, under: claim)
    }
    func confirm(_ claim: FlowClaim) async throws {
        if state.withLock({ $0.isFollowed }) { throw FlowJournalError.lostOwnership(claim.id) }
    }
    func release(_ claim: FlowClaim) async { await inner.release(claim) }
    func list(_ filter: FlowFilter) async throws -> [FlowSummary] { try await inner.list(filter) }
    func show(_ id: FlowID) async throws -> FlowReport? { try await inner.show(id) }
    func forget(_ id: FlowID) async throws { try await inner.forget(id) }
    func prune(finishedBefore time: Double) async throws -> Int { try await inner.prune(finishedBefore: time) }
}
