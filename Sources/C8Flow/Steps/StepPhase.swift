/// Where a step is in the present run.
package enum StepPhase: String, Sendable, CaseIterable {
    /// Its function runs.
    case running
    /// Its function is ending, since one of its writes is in doubt.
    case unwinding
    /// `verify` is being asked.
    case settling
    /// A sleep.
    case waiting
    /// Its function ended with an error and without writes.
    case failed
    /// In doubt, for the operator.
    case stopped
    /// The run ends without it.
    case left
    case done

    /// Whether the scope around it may end: what happened to the step is known.
    var isSettled: Bool {
        switch self {
        case .failed, .done: true
        case .running, .unwinding, .settling, .waiting, .stopped, .left: false
        }
    }

    /// Whether something of the step is still under way in this process.
    package var isActive: Bool {
        switch self {
        case .running, .unwinding, .settling, .waiting: true
        case .failed, .stopped, .left, .done: false
        }
    }
}
