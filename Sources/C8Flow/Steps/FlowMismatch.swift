/// The script's steps are not those of the flow's journal: it was changed since, or it does not do the same each time.
package struct FlowMismatch: Error, Sendable, Equatable, CustomStringConvertible {
    /// How a step is begun.
    package enum Kind: String, Sendable {
        case sequential = "a step of its own"
        case parallel = "a step of a parallel task"
        case work = "a step with a function"
        case sleep = "a sleep"
    }

    /// The first difference found.
    package enum Difference: Sendable, Equatable {
        /// Another step is called. The position counts from 0.
        case other(position: Int, journaled: StepKey, called: StepKey)
        case kind(StepKey, journaled: Kind, called: Kind)
        /// What is around it ended without it.
        case missing(StepKey)
    }

    package let scope: StepKey
    package let difference: Difference

    package init(scope: StepKey, _ difference: Difference) {
        self.scope = scope
        self.difference = difference
    }

    package var description: String {
        let place = scope.isFlow ? "the flow" : "step \"\(scope)\""
        let what =
            switch difference {
            case .other(let position, let journaled, let called):
                "the journal has \"\(journaled)\" as step \(position + 1) of \(place), the script now calls \"\(called)\""
            case .kind(let key, let journaled, let called):
                "the journal has \"\(key)\" as \(journaled.rawValue), the script now calls it as \(called.rawValue)"
            case .missing(let key) where scope.isFlow:
                "the script ended without step \"\(key)\", which the journal has"
            case .missing(let key):
                "step \"\(scope)\" ended without step \"\(key)\", which the journal has"
            }
        return what + "; run the script that began the flow, or remove the flow with: c8run flow forget"
    }
}
