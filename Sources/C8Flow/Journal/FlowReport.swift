/// A flow with all its steps, in the order in which they were begun.
package struct FlowReport: Sendable, Equatable {
    package var flow: FlowRecord
    package var steps: [FlowStep]
    /// Whether a living process runs it.
    package var isHeld: Bool
    /// Seconds until its owner loses it unless that is heard of again; nil where a lock holds it, or nobody.
    package var lease: Double?

    package init(flow: FlowRecord, steps: [FlowStep], isHeld: Bool, lease: Double? = nil) {
        self.flow = flow
        self.steps = steps
        self.isHeld = isHeld
        self.lease = lease
    }
}
