/// How far a step has come.
package enum StepState: String, Sendable, CaseIterable {
    /// Begun. With writes, nobody knows whether they took place once the process is gone.
    case started
    /// Has its result, and never runs again.
    case done
    /// A write may or may not have taken place: `verify` or the operator has to say.
    case doubt
}
