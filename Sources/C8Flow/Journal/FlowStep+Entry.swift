extension FlowStep {
    /// The step as it is after an entry. Every journal does the same with its rows.
    package mutating func apply(_ entry: StepEntry) {
        switch entry {
        case .begin(let position, let attempt, let wakeAt, _):
            self.position = position
            self.attempt = attempt
            self.wakeAt = wakeAt
            state = .started
            writes = 0
            endedAt = nil
            calls = []
        case .answer(let call):
            calls.append(call)
        case .writes(let change, let operation):
            writes += change
            lastOperation = operation ?? lastOperation
        case .end(let result, let at):
            state = .done
            self.result = result
            error = nil
            endedAt = at
            calls = []
        case .doubt(let error, let operation, let traceID):
            state = .doubt
            self.error = error
            lastOperation = operation ?? lastOperation
            self.traceID = traceID ?? self.traceID
        case .failure(let error, let traceID):
            self.error = error
            self.traceID = traceID ?? self.traceID
        }
    }

    /// The step as it is after an operator has settled it.
    package mutating func apply(_ settlement: StepSettlement, by operatorName: String, at now: Double) {
        switch settlement {
        case .done(let result):
            state = .done
            self.result = result
            endedAt = now
        case .retry:
            state = .started
            writes = 0
            result = nil
            endedAt = nil
        }
        resolution = StepResolution(choice: settlement.choice, operatorName: operatorName, at: now)
    }
}
