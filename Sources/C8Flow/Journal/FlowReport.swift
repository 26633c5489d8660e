/// A flow with all its steps, in the order in which they were begun.
package struct FlowReport: Sendable, Equatable {
    package var flow: FlowRecord
    package var steps: [FlowStep]
    /// Whether a living process runs it.
    package var isHeld: Bool

    package init(flow: FlowRecord, steps: [FlowStep], isHeld: Bool) {
        self.flow = flow
        self.steps = steps
        self.isHeld = isHeld
    }
}
