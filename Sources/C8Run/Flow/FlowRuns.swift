import C8Client
import C8Flow
import C8Platform
import C8Sandbox
import Logging
import LuaRuntime
import Synchronization

/// The flows that one script runs: which step each of its tasks is in, and what that step writes.
///
/// A task of the script carries a number (``TaskTag``) that stands for a step, or for a flow outside of its steps.
package final class FlowRuns: Sendable {
    /// A step that runs, or a flow's own function.
    struct Place: Sendable {
        let run: FlowRun
        let key: StepKey
        /// The task that its function runs in: steps that another task calls are parallel ones.
        var task: Int64
        /// What may be there once since its function began.
        var names: Set<String> = []
    }

    private struct State {
        var places: [Int64: Place] = [:]
        var lastTag: Int64 = 0
        var reserved: Set<FlowID> = []
        var open: [FlowID: FlowRun] = [:]
        var writesUnderWay = 0
        var stop: String?
        var hasWarned = false
    }

    let services: FlowServices?
    let logger: Logger
    private let guardian: (any WriteGuard)?
    private let state = Mutex(State())

    init(_ services: FlowServices?, guardian: (any WriteGuard)? = nil, logger: Logger) {
        self.services = services
        self.guardian = guardian
        self.logger = logger
    }

    // MARK: - Flows

    /// Notes a flow of this script; false where the script runs it already.
    func reserve(_ id: FlowID) -> Bool {
        state.withLock { state in
            guard state.reserved.insert(id).inserted else { return false }
            return true
        }
    }

    func unreserve(_ id: FlowID) {
        state.withLock { state in
            state.reserved.remove(id)
            if let run = state.open.removeValue(forKey: id) {
                state.places = state.places.filter { $0.value.run !== run }
            }
        }
    }

    /// - Returns: the tag of what the flow's function does outside of its steps.
    func add(_ run: FlowRun) -> Int64 {
        state.withLock { state in state.open[run.claim.id] = run }
        return enter(.flow, of: run)
    }

    /// Does something that ends by itself when the script is stopped, and whose end is to be waited for.
    func keepingOpen<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
        state.withLock { $0.writesUnderWay += 1 }
        defer { state.withLock { $0.writesUnderWay -= 1 } }
        return try await body()
    }

    /// Waits for writes that go on although the script was stopped, so that their ends are in the journal, and gives up all
    /// flows that did not end.
    func close(atMost grace: Duration = .seconds(8)) async {
        await awaitWrites(atMost: grace)
        for run in state.withLock({ Array($0.open.values) }) { await run.release() }
        state.withLock { state in
            state.open = [:]
            state.places = [:]
        }
    }

    /// Ends a flow with an error, in a task of its own that ``close(atMost:)`` waits for.
    func giveUp(_ run: FlowRun, because message: String) {
        unreserve(run.claim.id)
        state.withLock { $0.writesUnderWay += 1 }
        Task {
            await run.fail(message)
            state.withLock { $0.writesUnderWay -= 1 }
        }
    }

    // MARK: - Steps

    /// A tag for a step's function.
    ///
    /// - Parameter task: what it runs in, as far as is known; see ``adopt(_:by:)``.
    func enter(_ key: StepKey, of run: FlowRun, task: Int64 = 0) -> Int64 {
        state.withLock { state in
            state.lastTag += 1
            state.places[state.lastTag] = Place(run: run, key: key, task: task)
            return state.lastTag
        }
    }

    /// The function behind a tag runs in that task.
    func adopt(_ tag: Int64, by task: Int64) {
        state.withLock { state in
            state.places[tag]?.task = task
            state.places[tag]?.names = []
        }
    }

    /// Whether a name comes for the first time since the function behind the tag began.
    func isFirst(_ name: String, within tag: Int64) -> Bool {
        state.withLock { $0.places[tag]?.names.insert(name).inserted ?? true }
    }

    /// What ran was ended from outside, so that nobody ends its flows: they are given up, for a later run to go on with. Their
    /// handles, should the script have kept one, call no step any more.
    func abandon(atMost grace: Duration = .seconds(8)) async {
        let abandoned = state.withLock { $0.open }
        guard !abandoned.isEmpty else { return }
        await awaitWrites(atMost: grace)
        for (id, run) in abandoned where state.withLock({ $0.open[id] === run }) {
            await run.release()
            unreserve(id)
        }
    }

    private func awaitWrites(atMost grace: Duration) async {
        // A first task makes the runtime's pool of threads, which most scripts end without.
        guard state.withLock({ $0.writesUnderWay > 0 }) else { return }
        let end = ContinuousClock.now + grace
        // In a task of its own: the present one may be cancelled already.
        await Task {
            while state.withLock({ $0.writesUnderWay > 0 }), ContinuousClock.now < end {
                try? await Task.sleep(for: .milliseconds(2))
            }
        }.value
    }

    /// The step behind a tag is over for this run, whatever became of it.
    func leave(_ tag: Int64) {
        let place = state.withLock { $0.places.removeValue(forKey: tag) }
        if let place { place.run.leave(place.key) }
    }

    func place(_ tag: Int64) -> Place? { state.withLock { $0.places[tag] } }

    // MARK: - The end of the run

    /// The script is to end, since a step's writes must be looked up by a person first.
    func stop(_ message: String) {
        state.withLock { state in if state.stop == nil { state.stop = message } }
    }

    var stopMessage: String? { state.withLock { $0.stop } }

    // MARK: - Writes

    /// Does something that may write to the platform or another system. Within a step, the journal says so beforehand, and
    /// afterwards what is known of it.
    ///
    /// - Parameters:
    ///   - operation: for people.
    ///   - unkept: the effect where no journal keeps it; the same unless said.
    ///   - answer: the code and the trace id of what the body gave.
    func writing<Value: Sendable>(
        _ operation: String, effect: Effect, unkept: Effect? = nil,
        answer: (Value) -> (code: Int64?, traceID: String?), _ body: () async throws -> Value
    ) async throws -> Value {
        guard effect != .read else { return try await body() }
        let place = place(TaskTag.current)
        guard effect == .write, let place, !place.key.isFlow else {
            if effect == .write, place != nil { warnOfWrite(operation, TaskTag.current) }
            return try await guarding(operation, effect: unkept ?? effect, body)
        }
        try await guardian?.willWrite(operation, effect: effect, isKept: true)
        return try await keepingOpen {
            _ = try await place.run.apply(.write(operation: operation), to: place.key)
            let value: Value
            do {
                value = try await place.run.permitting {
                    try await place.run.confirm()
                    return try await body()
                }
            } catch {
                await note(error, operation, place)
                throw error
            }
            let (code, traceID) = answer(value)
            if let traceID { place.run.noteTrace(traceID, of: place.key) }
            await apply(Self.answered(operation, .accepted, code, traceID), place)
            return value
        }
    }

    /// Whether a call of that effect needs none of what ``writing(_:effect:answer:_:)`` does.
    func needsNobody(_ effect: Effect, _ tag: Int64) -> Bool {
        effect == .read || (guardian == nil && (effect != .write || place(tag) == nil))
    }

    /// Does something that may write, and that no journal keeps: whoever must know of it is told before and after, and asked again
    /// before each request leaves, which may be long after the first.
    func guarding<Value: Sendable>(
        _ operation: String, effect: Effect, _ body: () async throws -> Value
    ) async throws -> Value {
        guard let guardian, effect != .read else { return try await body() }
        try await guardian.willWrite(operation, effect: effect, isKept: false)
        guard effect == .write else { return try await Self.permitting(guardian, body) }
        // As in a step: the end of a write that goes on although the script was stopped is waited for.
        return try await keepingOpen {
            do {
                let value = try await Self.permitting(guardian, body)
                guardian.didWrite(isUnwritten: false)
                return value
            } catch {
                guardian.didWrite(isUnwritten: Self.isUnwritten(error))
                throw error
            }
        }
    }

    private static func permitting<Value: Sendable>(
        _ guardian: any WriteGuard, _ body: () async throws -> Value
    ) async rethrows -> Value {
        try await SendPermission.$current.withValue(SendPermission { try await guardian.maySend() }) {
            try await body()
        }
    }

    private static func answered(
        _ operation: String, _ outcome: StepCall.Outcome, _ code: Int64?, _ traceID: String?
    ) -> StepEvent {
        .answered(
            StepCall(
                operation: operation, outcome: outcome, code: code, traceID: traceID, at: SystemClock().now()))
    }

    private func note(_ error: any Error, _ operation: String, _ place: Place) async {
        if let error = error as? ClientError, error.outcome == .rejected {
            await apply(Self.answered(operation, .rejected, error.code, error.traceID), place)
        }
        let event: StepEvent =
            Self.isUnwritten(error)
            ? .unwritten
            : .doubt(error: "\(error)", operation: operation, traceID: (error as? ClientError)?.traceID)
        await apply(event, place)
    }

    private func apply(_ event: StepEvent, _ place: Place) async {
        do {
            _ = try await place.run.apply(event, to: place.key)
        } catch {
            // The journal says that a write was begun, which is the safe side.
            logger.warning("\(error)", metadata: ["flow": "\(place.run.claim.id)", "step": "\(place.key)"])
        }
    }

    /// Whether it is certain that nothing took place.
    private static func isUnwritten(_ error: any Error) -> Bool {
        if error is SandboxDenial { return true }
        if case UploadDriver.Ending.stopped(_, let checkpoint, _, _) = error {
            return checkpoint.summary.accepted == 0 && checkpoint.inDoubt.isEmpty
        }
        guard let error = error as? ClientError else { return false }
        switch error.outcome {
        case .notSent, .rejected: return true
        case .unknown: return false
        case nil: return [.denied, .config, .unbound, .invalid].contains(error.kind)
        }
    }

    /// Tells once of a write within a flow that no step keeps.
    func warnOfWrite(_ operation: String, _ tag: Int64) {
        guard let run = place(tag)?.run else { return }
        let isFirst = state.withLock { state in
            defer { state.hasWarned = true }
            return !state.hasWarned
        }
        guard isFirst else { return }
        logger.warning(
            "a write outside of the flow's steps is made again each time the flow is resumed: put it into f:step",
            metadata: ["flow": "\(run.claim.id)", "operation": "\(operation)"])
    }
}
