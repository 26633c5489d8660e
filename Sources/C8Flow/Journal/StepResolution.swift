/// What an operator has said about a step whose writes nobody knows of.
package struct StepResolution: Sendable, Equatable {
    package enum Choice: String, Sendable {
        /// It took place.
        case done
        /// It did not: run the step again.
        case retry
    }

    package var choice: Choice
    /// Who said so.
    package var operatorName: String
    /// Seconds since 1970.
    package var at: Double

    /// The time to note for what is said now: later than the flow's last claim, as it is, also where a clock was set back
    /// since or the claim was another machine's. Which of the two came first must not depend on clocks.
    package static func time(_ now: Double, claimedAt: Double) -> Double { max(now, claimedAt.nextUp) }

    package init(choice: Choice, operatorName: String, at: Double) {
        self.choice = choice
        self.operatorName = operatorName
        self.at = at
    }
}
