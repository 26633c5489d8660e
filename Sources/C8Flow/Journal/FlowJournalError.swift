/// Why the journal does not do what it was asked for.
package enum FlowJournalError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Somebody runs the flow. Who claimed it last and when (seconds since 1970), where that is known.
    case held(FlowID, by: FlowOwner?, since: Double?)
    /// The flow was begun with another input.
    case otherInput(FlowID, FlowState)
    /// Somebody else has taken the flow, or it was forgotten: this process must stop at once.
    case lostOwnership(FlowID)
    case unknownFlow(FlowID)
    case unknownStep(FlowID, StepKey)
    /// There is nothing to settle: the step is done, or it wrote nothing.
    case notOpen(FlowID, StepKey, StepState)
    /// What is stored makes no sense. The flow's and the step's text, as stored.
    case damaged(flow: String, step: String?, problem: String)
    /// The store cannot be read or written.
    case storage(String)
    /// The store is on another machine, which does not answer.
    case unreachable(String)

    package var description: String {
        switch self {
        case .held(let id, let owner?, _):
            "flow \"\(id)\" is being run by \(owner): wait until it has ended, or end that process"
        case .held(let id, nil, _):
            "flow \"\(id)\" is being run by another process: wait until it has ended, or end that process"
        case .otherInput(let id, let state):
            "flow \"\(id)\" (\(state.rawValue)) was begun with another input: give the same input, take another id, "
                + "or remove it with: c8run flow forget"
        case .lostOwnership(let id):
            "flow \"\(id)\" has been taken over by another process, or was forgotten: this run stops, look at it with: "
                + "c8run flow show"
        case .unknownFlow(let id):
            "there is no flow \"\(id)\" in the journal: see c8run flow list"
        case .unknownStep(let id, let key):
            "flow \"\(id)\" has no step \"\(key)\" in the journal: see c8run flow show"
        case .notOpen(let id, let key, .done):
            "step \"\(key)\" of flow \"\(id)\" is done: there is nothing to resolve"
        case .notOpen(let id, let key, _):
            "step \"\(key)\" of flow \"\(id)\" has written nothing: it runs again by itself"
        case .damaged(let flow, let step?, let problem):
            "the journal of flow \"\(flow)\" is damaged at step \"\(step)\": \(problem); find out what has been done, "
                + "then remove it with: c8run flow forget"
        case .damaged(let flow, nil, let problem):
            "the journal of flow \"\(flow)\" is damaged: \(problem); find out what has been done, then remove it with: "
                + "c8run flow forget"
        case .storage(let problem), .unreachable(let problem):
            "the journal cannot be kept: \(problem)"
        }
    }
}
