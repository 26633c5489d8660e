/// One line of a list of flows.
package struct FlowSummary: Sendable, Equatable {
    package var flow: FlowRecord
    /// Steps in the journal.
    package var steps: Int
    /// Those that are done.
    package var done: Int
    /// Those that wrote, and nobody knows whether it took place. Of a held flow, some may be under way.
    package var open: Int
    /// Whether a living process runs it.
    package var isHeld: Bool
    /// Seconds until its owner loses it unless that is heard of again; nil where a lock holds it, or nobody.
    package var lease: Double?

    package init(flow: FlowRecord, steps: Int, done: Int, open: Int, isHeld: Bool, lease: Double? = nil) {
        self.flow = flow
        self.steps = steps
        self.done = done
        self.open = open
        self.isHeld = isHeld
        self.lease = lease
    }
}
