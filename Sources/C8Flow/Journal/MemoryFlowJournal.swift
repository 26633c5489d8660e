import Synchronization

/// A journal that ends with the process: for hosts without a folder for state, and for tests.
package final class MemoryFlowJournal: FlowJournal {
    private struct Flow {
        var number: Int64
        var record: FlowRecord
        var isHeld = false
        /// In the order in which they were begun.
        var steps: [FlowStep] = []
        var index: [StepKey: Int] = [:]
        var checkpoints: [String: String] = [:]
        var writtenAt: [StepKey: Double] = [:]

        var openCount: Int { steps.count(where: \.isOpen) }
    }

    private struct State {
        var flows: [FlowID: Flow] = [:]
        var lastNumber: Int64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    package func claim(_ request: FlowRequest, at now: Double) async throws -> FlowOpening {
        if let input = request.input { try FlowLimits.check(input, of: .input) }
        return try state.withLock { state in
            guard var flow = state.flows[request.id] else {
                state.lastNumber += 1
                let flow = Flow(
                    number: state.lastNumber, record: FlowRecord(request, fence: 1, at: now), isHeld: true)
                state.flows[request.id] = flow
                return .claimed(FlowClaim(id: request.id, number: flow.number, fence: 1), steps: [])
            }
            guard request.hasInput(flow.record.input) else {
                throw FlowJournalError.otherInput(request.id, flow.record.state)
            }
            if let result = flow.record.result { return .finished(result: result) }
            try Self.checkFree(flow)
            flow.record.claim(by: request, of: flow.steps, at: now)
            flow.isHeld = true
            state.flows[request.id] = flow
            return .claimed(
                FlowClaim(id: request.id, number: flow.number, fence: flow.record.fence), steps: flow.steps)
        }
    }

    package func write(_ entry: StepEntry, of key: StepKey, under claim: FlowClaim, at now: Double) async throws {
        if case .end(let result, _) = entry { try FlowLimits.check(result, of: .result(of: key)) }
        try state.withLock { state in
            try Self.change(&state, claim) { flow in
                if let index = flow.index[key] {
                    flow.steps[index].apply(entry)
                } else if case .begin(let position, _, let wakeAt, let at) = entry {
                    flow.index[key] = flow.steps.count
                    flow.steps.append(FlowStep(key, position: position, wakeAt: wakeAt, at: at))
                } else {
                    throw FlowJournalError.unknownStep(claim.id, key)
                }
                if case .writes(1..., _) = entry { flow.writtenAt[key] = now }
                flow.record.updatedAt = now
            }
        }
    }

    package func lastWrite(of key: StepKey, under claim: FlowClaim) async throws -> Double? {
        state.withLock { $0.flows[claim.id]?.writtenAt[key] }
    }

    package func checkpoint(_ key: String, under claim: FlowClaim) async throws -> String? {
        state.withLock { $0.flows[claim.id]?.checkpoints[key] }
    }

    package func keep(
        checkpoint: String, _ key: String, isLight: Bool, under claim: FlowClaim, at now: Double
    ) async throws {
        try state.withLock { state in
            try Self.change(&state, claim) { flow in
                flow.checkpoints[key] = checkpoint
                flow.record.updatedAt = now
            }
        }
    }

    package func end(_ claim: FlowClaim, with end: FlowEnd, at now: Double) async throws {
        if case .finished(let result) = end { try FlowLimits.check(result, of: .flowResult) }
        try state.withLock { state in
            try Self.change(&state, claim) { flow in
                flow.record.end(end, at: now)
                flow.isHeld = false
            }
        }
    }

    package func release(_ claim: FlowClaim) async {
        state.withLock { state in
            guard let flow = state.flows[claim.id], Self.holds(claim, flow) else { return }
            state.flows[claim.id]?.isHeld = false
        }
    }

    package func list(_ filter: FlowFilter) async throws -> [FlowSummary] {
        let flows = state.withLock { Array($0.flows.values) }
        let chosen = flows.filter {
            filter.states.contains($0.record.state) && (!filter.openOnly || $0.openCount > 0)
        }
        // Of two that changed at once, the one that was made later.
        let sorted = chosen.sorted { ($0.record.updatedAt, $0.number) > ($1.record.updatedAt, $1.number) }
        return sorted.prefix(max(0, filter.limit)).map { flow in
            FlowSummary(
                flow: flow.record, steps: flow.steps.count, done: flow.steps.count { $0.state == .done },
                open: flow.openCount, isHeld: flow.isHeld)
        }
    }

    package func show(_ id: FlowID) async throws -> FlowReport? {
        state.withLock { state in
            state.flows[id].map { FlowReport(flow: $0.record, steps: $0.steps, isHeld: $0.isHeld) }
        }
    }

    @discardableResult
    package func resolve(
        _ id: FlowID, _ key: StepKey, as settlement: StepSettlement, by operatorName: String, at now: Double
    ) async throws -> StepResolution? {
        if case .done(let result) = settlement { try FlowLimits.check(result, of: .result(of: key)) }
        return try state.withLock { state in
            guard var flow = state.flows[id] else { throw FlowJournalError.unknownFlow(id) }
            try Self.checkFree(flow)
            guard let index = flow.index[key] else { throw FlowJournalError.unknownStep(id, key) }
            let replaces = flow.steps[index].mayBeResolvedAgain(claimedAt: flow.record.claimedAt)
            guard replaces || flow.steps[index].isOpen else {
                throw FlowJournalError.notOpen(id, key, flow.steps[index].state)
            }
            let replaced = replaces ? flow.steps[index].resolution : nil
            flow.steps[index].apply(
                settlement, by: operatorName, at: StepResolution.time(now, claimedAt: flow.record.claimedAt))
            flow.record.fence += 1
            flow.record.updatedAt = now
            state.flows[id] = flow
            return replaced
        }
    }

    package func forget(_ id: FlowID) async throws {
        try state.withLock { state in
            guard let flow = state.flows[id] else { throw FlowJournalError.unknownFlow(id) }
            try Self.checkFree(flow)
            state.flows[id] = nil
        }
    }

    @discardableResult
    package func prune(finishedBefore time: Double) async throws -> Int {
        state.withLock { state in
            let before = state.flows.count
            state.flows = state.flows.filter { _, flow in
                flow.record.state != .finished || (flow.record.endedAt ?? time) >= time
            }
            return before - state.flows.count
        }
    }

    private static func holds(_ claim: FlowClaim, _ flow: Flow) -> Bool {
        flow.number == claim.number && flow.record.fence == claim.fence && flow.isHeld
    }

    private static func checkFree(_ flow: Flow) throws(FlowJournalError) {
        guard !flow.isHeld else {
            throw .held(flow.record.id, by: flow.record.owner, since: flow.record.claimedAt)
        }
    }

    /// Changes a flow in place, if the claim holds.
    private static func change(
        _ state: inout State, _ claim: FlowClaim, _ body: (inout Flow) throws -> Void
    ) throws {
        guard let found = state.flows.index(forKey: claim.id), holds(claim, state.flows.values[found]) else {
            throw FlowJournalError.lostOwnership(claim.id)
        }
        try body(&state.flows.values[found])
    }
}
