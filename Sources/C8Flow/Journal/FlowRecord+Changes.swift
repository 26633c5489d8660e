extension FlowRecord {
    /// The flow as it is after somebody has claimed it again.
    package mutating func claim(by request: FlowRequest, at now: Double) {
        script = request.script
        scriptHash = request.scriptHash
        state = .running
        error = nil
        endedAt = nil
        fence += 1
        owner = request.owner
        claimedAt = now
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
