extension FlowRecord {
    /// The flow as it is after somebody has claimed it again.
    ///
    /// - Parameter steps: of the flow. What was said of them lies before the claim, whatever clocks say.
    package mutating func claim(by request: FlowRequest, of steps: [FlowStep] = [], at now: Double) {
        script = request.script
        scriptHash = request.scriptHash
        state = .running
        error = nil
        endedAt = nil
        fence += 1
        owner = request.owner
        claimedAt = steps.lazy.compactMap { $0.resolution?.at }.max().map { max(now, $0) } ?? now
        updatedAt = now
    }

    /// The flow as it is after a run has ended.
    package mutating func end(_ end: FlowEnd, at now: Double) {
        switch end {
        case .finished(let result):
            state = .finished
            self.result = result
        case .failed(let error):
            state = .failed
            self.error = error
        }
        endedAt = now
        updatedAt = now
    }
}
