/// Steps are used as they cannot be used.
package enum FlowStepsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A step is called within a step, or a flow, that does not run.
    case scopeNotRunning(StepKey, called: StepKey)
    /// A step is called again while it runs: what a parallel task has left behind.
    case alreadyRunning(StepKey)
    /// A step, or the flow, ends while a step within it does not have its end.
    case unsettled(StepKey, StepPhase)
    /// Nothing is known of the step: it was not called in this run.
    case notCalled(StepKey)
    /// That cannot happen in this phase.
    case unexpected(StepKey, StepPhase, String)

    package var description: String {
        switch self {
        case .scopeNotRunning(let scope, let called) where scope.isFlow:
            "step \"\(called)\" is called after the flow's function has ended: await parallel tasks within it"
        case .scopeNotRunning(let scope, let called):
            "step \"\(called)\" is called while \"\(scope)\" does not run: await parallel tasks within the step"
        case .alreadyRunning(let key):
            "step \"\(key)\" is called again while it runs: await parallel tasks within the step around it"
        case .unsettled(let key, .stopped):
            "step \"\(key)\" is in doubt, so that what is around it cannot end: do not catch that error"
        case .unsettled(let key, _):
            "what is around step \"\(key)\" ends before the step does: await parallel tasks within it"
        case .notCalled(let key):
            "step \"\(key)\" has not been called in this run"
        case .unexpected(let key, let phase, let event):
            "step \"\(key)\" cannot take the event \"\(event)\" while it is \(phase.rawValue)"
        }
    }
}
