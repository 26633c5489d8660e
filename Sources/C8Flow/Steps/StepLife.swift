/// The life of one step in one run of its flow. A value: it gives what to write and what to do.
struct StepLife: Sendable, Equatable {
    /// As the journal has it once the entries given so far are written.
    private(set) var row: FlowStep
    private(set) var phase: StepPhase

    /// A step that the journal does not know.
    static func begin(
        _ key: StepKey, position: Int?, wakeAt: Double?, at now: Double
    ) -> (life: StepLife, transition: StepTransition) {
        let row = FlowStep(key, position: position, wakeAt: wakeAt, at: now)
        let entry = StepEntry.begin(position: position, attempt: 1, wakeAt: wakeAt, at: now)
        let life = StepLife(row: row, phase: wakeAt == nil ? .running : .waiting)
        let action: StepAction = wakeAt.map { .wait(until: $0) } ?? .run(attempt: 1)
        return (life, StepTransition(key: key, entry: entry, action: action))
    }

    /// A step that the journal knows, called again.
    static func resume(_ row: FlowStep, at now: Double) -> (life: StepLife, transition: StepTransition) {
        var life = StepLife(row: row, phase: .settling)
        let transition = life.resume(at: now)
        return (life, transition)
    }

    private mutating func resume(at now: Double) -> StepTransition {
        switch row.state {
        case .done:
            return go(.done, .finish(result: row.result ?? "null"))
        case .doubt:
            return go(.settling, .settle(row))
        case .started where row.writes > 0:
            return settle(
                "the process ended after it had begun to write, before the step was done", operation: nil, traceID: nil)
        case .started:
            return row.wakeAt.map { go(.waiting, .wait(until: $0)) } ?? run(at: now)
        }
    }

    /// - Throws: ``FlowStepsError/unexpected(_:_:_:)`` where that cannot happen in the step's phase, ``FlowLimitError``
    ///   where a result is too long. The step then is as before.
    mutating func apply(_ event: StepEvent, at now: Double) throws -> StepTransition {
        switch phase {
        case .running: try running(event, at: now)
        case .unwinding: try unwinding(event)
        case .settling: try settling(event, at: now)
        case .waiting: try waiting(event, at: now)
        case .failed: try failed(event, at: now)
        case .stopped, .done, .left: try over(event)
        }
    }

    private mutating func running(_ event: StepEvent, at now: Double) throws -> StepTransition {
        switch event {
        case .write(let operation):
            return go(.running, .proceed, .writes(change: 1, operation: operation))
        case .answered(let call):
            return note(call)
        case .unwritten where row.writes > 0:
            return go(.running, .proceed, .writes(change: -1, operation: nil))
        case .doubt(let error, let operation, let traceID):
            return go(.unwinding, .unwind, .doubt(error: error, operation: operation, traceID: traceID))
        case .ended(let result):
            return try finish(result, at: now)
        case .failed(let error, let traceID):
            if row.writes > 0 { return settle(error, operation: nil, traceID: traceID) }
            return go(.failed, .fail, .failure(error: error, traceID: traceID))
        case .left:
            return go(.left, .proceed)
        case .unwritten, .retried, .verified, .unverified, .woke:
            throw unexpected(event)
        }
    }

    private mutating func unwinding(_ event: StepEvent) throws -> StepTransition {
        switch event {
        case .answered(let call):
            return note(call)
        case .unwritten where row.writes > 0:
            return go(.unwinding, .proceed, .writes(change: -1, operation: nil))
        case .doubt:
            return go(.unwinding, .unwind)
        case .ended, .failed:
            // Also a script that has caught the error, and returned something, knows nothing of the write.
            return go(.settling, .settle(row))
        case .left:
            return go(.left, .proceed)
        case .write, .unwritten, .retried, .verified, .unverified, .woke:
            throw unexpected(event)
        }
    }

    private mutating func settling(_ event: StepEvent, at now: Double) throws -> StepTransition {
        switch event {
        case .verified(let result?): return try finish(result, at: now)
        case .verified(nil): return run(at: now)
        case .unverified: return go(.stopped, .stop(row))
        case .left: return go(.left, .proceed)
        case .write, .answered, .unwritten, .doubt, .ended, .failed, .retried, .woke: throw unexpected(event)
        }
    }

    private mutating func waiting(_ event: StepEvent, at now: Double) throws -> StepTransition {
        switch event {
        case .woke:
            guard let wakeAt = row.wakeAt, wakeAt > now else { return try finish("null", at: now) }
            return go(.waiting, .wait(until: wakeAt))
        case .left:
            return go(.left, .proceed)
        case .write, .answered, .unwritten, .doubt, .ended, .failed, .retried, .verified, .unverified:
            throw unexpected(event)
        }
    }

    private mutating func failed(_ event: StepEvent, at now: Double) throws -> StepTransition {
        switch event {
        case .retried: return run(at: now)
        case .left: return go(.failed, .proceed)
        case .write, .answered, .unwritten, .doubt, .ended, .failed, .verified, .unverified, .woke:
            throw unexpected(event)
        }
    }

    private mutating func over(_ event: StepEvent) throws -> StepTransition {
        guard event == .left else { throw unexpected(event) }
        return go(phase, .proceed)
    }

    private mutating func note(_ call: StepCall) -> StepTransition {
        go(phase, .proceed, row.calls.count < StepCall.mostKept ? .answer(call) : nil)
    }

    private mutating func finish(_ result: String, at now: Double) throws -> StepTransition {
        try FlowLimits.check(result, of: .result(of: row.key))
        return go(.done, .finish(result: result), .end(result: result, at: now))
    }

    private mutating func run(at now: Double) -> StepTransition {
        let attempt = row.attempt + 1
        return go(
            .running, .run(attempt: attempt),
            .begin(position: row.position, attempt: attempt, wakeAt: row.wakeAt, at: now))
    }

    private mutating func settle(_ error: String, operation: String?, traceID: String?) -> StepTransition {
        let entry = StepEntry.doubt(error: error, operation: operation, traceID: traceID)
        row.apply(entry)
        phase = .settling
        return StepTransition(key: row.key, entry: entry, action: .settle(row))
    }

    private mutating func go(_ phase: StepPhase, _ action: StepAction, _ entry: StepEntry? = nil) -> StepTransition {
        self.phase = phase
        if let entry { row.apply(entry) }
        return StepTransition(key: row.key, entry: entry, action: action)
    }

    private func unexpected(_ event: StepEvent) -> FlowStepsError {
        .unexpected(row.key, phase, event.name)
    }
}
