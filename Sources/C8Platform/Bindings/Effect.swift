/// What calling an operation does to the platform's data, and so whether a call may be repeated when its answer is
/// lost.
package enum Effect: String, Sendable, Hashable, CaseIterable {
    /// Changes nothing: safe to repeat.
    case read
    /// Repeating it leaves the same state: may be repeated.
    case idempotent
    /// Anything else, and the default: never repeated once it may have reached the platform.
    case write
}
