/// What happened to a step that was called.
package enum StepEvent: Sendable, Equatable {
    /// A write is about to be sent.
    case write(operation: String)
    /// A write that was told of has its answer.
    case answered(StepCall)
    /// A write that was told of provably did not take place.
    case unwritten
    /// A write may or may not have taken place.
    case doubt(error: String, operation: String?, traceID: String?)
    /// The function returned, with this JSON text.
    case ended(result: String)
    /// The function ended with an error.
    case failed(error: String, traceID: String?)
    /// A failed step is tried again.
    case retried
    /// `verify` gave the result as JSON text, or nil: the writes did not take place.
    case verified(result: String?)
    /// There is no `verify`, or it ended with an error.
    case unverified
    /// The time to which a sleep waits may have come.
    case woke
    /// The run ends before the step does. The journal already says all that a later run needs.
    case left

    /// For errors.
    var name: String {
        switch self {
        case .write: "write"
        case .answered: "answered"
        case .unwritten: "unwritten"
        case .doubt: "doubt"
        case .ended: "ended"
        case .failed: "failed"
        case .retried: "retried"
        case .verified: "verified"
        case .unverified: "unverified"
        case .woke: "woke"
        case .left: "left"
        }
    }
}
