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

    package init(choice: Choice, operatorName: String, at: Double) {
        self.choice = choice
        self.operatorName = operatorName
        self.at = at
    }
}
