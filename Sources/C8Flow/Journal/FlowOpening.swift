/// What becomes of a request to run a flow.
package enum FlowOpening: Sendable, Equatable {
    /// It has already run: this is its result as JSON text.
    case finished(result: String)
    /// It is to run, with what an earlier run has left: all its steps in the order in which they were begun.
    case claimed(FlowClaim, steps: [FlowStep])
}
