/// What an operator finds out about a step in doubt.
package enum StepSettlement: Sendable, Equatable {
    /// It took place, and this is its result as JSON text.
    case done(String)
    /// It did not take place: the next run runs it again.
    case retry

    package var choice: StepResolution.Choice {
        switch self {
        case .done: .done
        case .retry: .retry
        }
    }
}
