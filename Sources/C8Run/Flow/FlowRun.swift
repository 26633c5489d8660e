import C8Client
import C8Flow
import Synchronization

/// A flow that this process has claimed: its steps, and the journal that they are written to.
final class FlowRun: Sendable {
    private struct State {
        var steps: FlowSteps
        /// Why nothing of it goes on any more: the journal and the steps in memory may differ.
        var failure: FlowError?
        /// Writes of which the journal says that they were begun, and not what became of them.
        var open: [StepKey: Int]
        /// The platform's trace ids of the last writes that it answered.
        var traces: [StepKey: String] = [:]
    }

    let claim: FlowClaim
    private let journal: any FlowJournal
    private let now: @Sendable () -> Double
    private let state: Mutex<State>

    init(
        _ claim: FlowClaim, steps: [FlowStep], journal: any FlowJournal, now: @escaping @Sendable () -> Double
    ) throws(FlowJournalError) {
        self.claim = claim
        self.journal = journal
        self.now = now
        let open = Dictionary(
            steps.filter(\.isOpen).map { ($0.key, max($0.writes, 1)) }, uniquingKeysWith: { first, _ in first })
        state = Mutex(State(steps: try FlowSteps(claim.id, steps), open: open))
    }

    /// The script calls a step.
    ///
    /// - Parameter seconds: for a sleep, how long it takes from its first call on.
    func call(
        _ name: String, in scope: StepKey, isParallel: Bool, seconds: Double?
    ) async throws(FlowError) -> StepTransition {
        let turn = try begin(name, in: scope, isParallel: isParallel, seconds: seconds)
        try await keep(turn)
        return turn.transition
    }

    /// Something happened to a step.
    func apply(_ event: StepEvent, to key: StepKey) async throws(FlowError) -> StepTransition {
        let turn = try take(event, of: key)
        try await keep(turn)
        return turn.transition
    }

    /// The first half of ``call(_:in:isParallel:seconds:)``. Nothing of it may be told to anybody before it is kept.
    func begin(
        _ name: String, in scope: StepKey, isParallel: Bool, seconds: Double?
    ) throws(FlowError) -> FlowTurn {
        try take { steps, now in
            try steps.call(name, in: scope, isParallel: isParallel, wakeAt: seconds.map { now + $0 }, at: now)
        }
    }

    /// The first half of ``apply(_:to:)``.
    func take(_ event: StepEvent, of key: StepKey) throws(FlowError) -> FlowTurn {
        try take { steps, now in try steps.apply(event, to: key, at: now) }
    }

    /// Writes what there is to write, so that the transition's action may be taken.
    func keep(_ turn: FlowTurn) async throws(FlowError) {
        guard let entry = turn.transition.entry else { return }
        do {
            try await journal.write(entry, of: turn.transition.key, under: claim, at: turn.time)
        } catch {
            throw unwritten(entry, error)
        }
        written(entry, turn.transition.key)
    }

    /// Does so before it returns, by blocking the thread.
    ///
    /// - Returns: false where it has to be done the other way.
    func keepInPlace(_ turn: FlowTurn) throws(FlowError) -> Bool {
        guard let entry = turn.transition.entry else { return true }
        do {
            guard try journal.writeInPlace(entry, of: turn.transition.key, under: claim, at: turn.time) else {
                return false
            }
        } catch {
            throw unwritten(entry, error)
        }
        written(entry, turn.transition.key)
        return true
    }

    /// The flow's function has returned.
    ///
    /// - Parameter result: JSON text.
    func finish(result: String) async throws(FlowError) {
        do {
            try state.withLock { state in
                if let failure = state.failure { throw failure }
                try state.steps.end()
            }
            try FlowLimits.check(result, of: .flowResult)
            try await journal.end(claim, with: .finished(result: result), at: now())
        } catch {
            throw FlowError(error)
        }
    }

    /// The flow's function has ended with an error; a later run goes on where it was.
    func fail(_ message: String) async {
        do {
            try await journal.end(claim, with: .failed(error: message), at: now())
        } catch {
            // Nobody waits for this flow any more, so that it must not stay taken.
            await journal.release(claim)
        }
    }

    /// The platform has answered a write of the step.
    func noteTrace(_ traceID: String, of key: StepKey) {
        state.withLock { $0.traces[key] = traceID }
    }

    /// A step that wrote, and whose end the journal could not be told: it is in doubt, though its script may know better.
    /// Nil where the journal is kept, or the step has nothing to look up.
    func unkept(_ key: StepKey) -> (step: FlowStep, reason: String)? {
        state.withLock { state in
            guard let failure = state.failure, [.config, .network].contains(failure.kind),
                state.open[key, default: 0] > 0,
                var step = state.steps.step(key)
            else { return nil }
            step.traceID = state.traces[key] ?? step.traceID
            return (step, failure.message)
        }
    }

    /// Why the journal cannot be kept, where it could not.
    var journalFailure: FlowError? {
        state.withLock { state in state.failure?.kind == .config ? state.failure : nil }
    }

    /// Seconds since 1970, by the clock of the journal's entries.
    var time: Double { now() }

    /// What the journal has of a step.
    func step(_ key: StepKey) -> FlowStep? { state.withLock { $0.steps.step(key) } }

    /// The run ends, or goes on, without the step; the journal has all that a later run needs.
    func leave(_ key: StepKey) {
        state.withLock { state in
            if state.steps.phase(key)?.isActive == true { _ = try? state.steps.apply(.left, to: key, at: now()) }
        }
    }

    /// Seconds since the step's last write was about to be sent; 0 where that is not known.
    func secondsSinceWrite(of key: StepKey) async -> Double {
        guard let time = try? await journal.lastWrite(of: key, under: claim) else { return 0 }
        return max(0, now() - time)
    }

    /// The keys of the steps within one, from this run and earlier ones.
    func children(of key: StepKey) -> [StepKey] { state.withLock { $0.steps.children(of: key) } }

    /// How far an upload within a step is.
    func checkpoint(_ key: String) async throws(FlowError) -> String? {
        do {
            return try await journal.checkpoint(key, under: claim)
        } catch {
            throw FlowError(error)
        }
    }

    func keep(checkpoint: String, _ key: String, isLight: Bool) async throws(FlowError) {
        do {
            try await journal.keep(checkpoint: checkpoint, key, isLight: isLight, under: claim, at: now())
        } catch {
            let failure = FlowError(error)
            note(failure)
            throw failure
        }
    }

    /// The last word before a write is sent: whether the flow is still this process's.
    func confirm() async throws {
        do {
            try await journal.confirm(claim)
        } catch {
            let failure = FlowError(error)
            if failure.kind == .cancelled { note(failure) }
            throw ClientError(
                kind: failure.kind == .network ? .network : .cancelled, message: failure.message, outcome: .notSent)
        }
    }

    /// Does something whose writes leave only while the flow is this process's.
    func permitting<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
        try await SendPermission.$current.withValue(SendPermission { try await self.confirm() }) {
            try await body()
        }
    }

    /// Gives the flow up as it is.
    func release() async {
        await journal.release(claim)
    }

    private func take(
        _ take: (inout FlowSteps, Double) throws -> StepTransition
    ) throws(FlowError) -> FlowTurn {
        let time = now()
        do {
            let transition = try state.withLock { state in
                if let failure = state.failure { throw failure }
                return try take(&state.steps, time)
            }
            return FlowTurn(transition: transition, time: time)
        } catch {
            if error is FlowMismatch { note(FlowError(error)) }
            throw FlowError(error)
        }
    }

    private func unwritten(_ entry: StepEntry, _ error: any Error) -> FlowError {
        let failure = FlowError(error)
        // An answer that is not noted is missed by whoever looks the step up, and by nothing else.
        if case .answer = entry {} else { note(failure) }
        return failure
    }

    private func written(_ entry: StepEntry, _ key: StepKey) {
        state.withLock { state in state.open[key] = entry.open(state.open[key, default: 0]) }
    }

    private func note(_ failure: FlowError) {
        state.withLock { state in if state.failure == nil { state.failure = failure } }
    }
}

extension StepEntry {
    /// How many writes of its step are open once the journal has this, of so many before.
    fileprivate func open(_ count: Int) -> Int {
        switch self {
        case .begin, .end: 0
        case .writes(let change, _): count + change
        case .doubt: max(count, 1)
        case .answer, .failure: count
        }
    }
}
