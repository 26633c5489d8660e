/// What the caller of a step is to do next.
package enum StepAction: Sendable, Equatable {
    /// The step is done: hand this JSON text to the script.
    case finish(result: String)
    /// Run the step's function.
    case run(attempt: Int)
    /// Ask the step's `verify` whether the writes took place, and tell the answer; where there is none, tell that.
    case settle(FlowStep)
    /// A sleep: wait until that time in seconds since 1970, then tell that it has come.
    case wait(until: Double)
    /// End the step's function, writes under way included, and tell how it ended.
    case unwind
    /// The attempt's error stands: raise it, or tell that the step is tried again.
    case fail
    /// Nobody knows whether the writes took place: end the run, and ask the operator.
    case stop(FlowStep)
    /// Nothing but to go on.
    case proceed
}
