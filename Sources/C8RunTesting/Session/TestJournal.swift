import C8Flow
import Synchronization

/// The journal of one test's flows: in memory, and with a place where whoever writes to it is killed.
///
/// Who is killed waits here until it is cancelled, and nothing of it is kept from then on, as if its process were gone.
final class TestJournal: FlowJournal {
    private struct State {
        var memory = MemoryFlowJournal()
        var crash: CrashPoint?
        var onCrash: (@Sendable () async -> Void)?
        var hasCrashed = false
        /// Given since the crash was set up.
        var claims: [FlowClaim] = []
        /// Of runs that were killed.
        var dead: Set<FlowClaim> = []
        var steps: [String] = []
    }

    private let state = Mutex(State())
    private var memory: MemoryFlowJournal { state.withLock { $0.memory } }

    /// Forgets all flows.
    func clear() { state.withLock { $0 = State() } }

    /// From now on, whoever comes to the point is killed.
    ///
    /// - Parameter strike: called then.
    func arm(_ point: CrashPoint, strike: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            state.crash = point
            state.onCrash = strike
            state.hasCrashed = false
            state.claims = []
            state.steps = []
        }
    }

    var hasCrashed: Bool { state.withLock { $0.hasCrashed } }

    /// Buries the dead: their flows can be run again. Returns the steps that were begun or called, in order.
    func disarm() async -> [String] {
        let (memory, claims, steps) = state.withLock { state -> (MemoryFlowJournal, [FlowClaim], [String]) in
            if state.hasCrashed { state.dead.formUnion(state.claims) }
            defer {
                state.crash = nil
                state.onCrash = nil
                state.hasCrashed = false
                state.claims = []
            }
            return (state.memory, state.hasCrashed ? state.claims : [], state.steps)
        }
        for claim in claims { await memory.release(claim) }
        return steps
    }

    // MARK: - FlowJournal

    func claim(_ request: FlowRequest, at now: Double) async throws -> FlowOpening {
        if hasCrashed { try await Self.hang() }
        let opening = try await memory.claim(request, at: now)
        if case .claimed(let claim, _) = opening {
            state.withLock { state in if state.crash != nil { state.claims.append(claim) } }
        }
        return opening
    }

    func write(_ entry: StepEntry, of key: StepKey, under claim: FlowClaim, at now: Double) async throws {
        try await live(claim)
        let moment: CrashPoint.Moment? =
            switch entry {
            case .begin: .before
            case .end: .after
            default: nil
            }
        let strikes = state.withLock { state -> Bool in
            guard let crash = state.crash else { return false }
            if case .begin = entry, !state.steps.contains(key.text) { state.steps.append(key.text) }
            return moment.map { crash.isAt(key, $0) } ?? false
        }
        if strikes { try await strike() }
        try await memory.write(entry, of: key, under: claim, at: now)
        guard case .end = entry, state.withLock({ $0.crash?.isAt(key, .done) }) == true else { return }
        try await strike()
    }

    private func strike() async throws {
        let action = state.withLock { state -> (@Sendable () async -> Void)? in
            state.hasCrashed = true
            return state.onCrash
        }
        await action?()
        try await Self.hang()
    }

    /// Whoever is dead goes no further.
    private func live(_ claim: FlowClaim) async throws {
        let isDead = state.withLock { $0.hasCrashed || $0.dead.contains(claim) }
        if isDead { try await Self.hang() }
    }

    private static func hang() async throws {
        try await Task.sleep(for: .seconds(1 << 30))
        throw CancellationError()
    }

    func lastWrite(of key: StepKey, under claim: FlowClaim) async throws -> Double? {
        try await memory.lastWrite(of: key, under: claim)
    }

    func checkpoint(_ key: String, under claim: FlowClaim) async throws -> String? {
        try await memory.checkpoint(key, under: claim)
    }

    func keep(
        checkpoint: String, _ key: String, isLight: Bool, under claim: FlowClaim, at now: Double
    ) async throws {
        try await live(claim)
        try await memory.keep(checkpoint: checkpoint, key, isLight: isLight, under: claim, at: now)
    }

    func end(_ claim: FlowClaim, with end: FlowEnd, at now: Double) async throws {
        // The task that says so is nobody's to cancel: it must not wait here.
        let isDead = state.withLock { $0.hasCrashed || $0.dead.contains(claim) }
        if isDead { throw CancellationError() }
        try await memory.end(claim, with: end, at: now)
    }

    func release(_ claim: FlowClaim) async {
        guard !hasCrashed else { return }
        await memory.release(claim)
    }

    func list(_ filter: FlowFilter) async throws -> [FlowSummary] { try await memory.list(filter) }

    func show(_ id: FlowID) async throws -> FlowReport? { try await memory.show(id) }

    @discardableResult
    func resolve(
        _ id: FlowID, _ key: StepKey, as settlement: StepSettlement, by operatorName: String, at now: Double
    ) async throws -> StepResolution? {
        try await memory.resolve(id, key, as: settlement, by: operatorName, at: now)
    }

    func forget(_ id: FlowID) async throws { try await memory.forget(id) }

    @discardableResult
    func prune(finishedBefore time: Double) async throws -> Int { try await memory.prune(finishedBefore: time) }
}
