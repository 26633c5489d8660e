import C8Flow

/// A transition of a step that the journal may not have yet, and when it took place.
struct FlowTurn: Sendable {
    let transition: StepTransition
    /// Seconds since 1970.
    let time: Double
}
