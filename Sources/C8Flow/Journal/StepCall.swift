/// A call that a step made and that was answered: what a person judges a step by that failed afterwards.
package struct StepCall: Sendable, Equatable {
    /// What became of it.
    package enum Outcome: String, Sendable {
        case accepted
        case rejected
    }

    package var operation: String
    package var outcome: Outcome
    /// The platform's code, or the HTTP status of another system's answer.
    package var code: Int64?
    /// The platform's, for its support.
    package var traceID: String?
    /// Seconds since 1970.
    package var at: Double

    /// The calls of one attempt that a journal keeps; those beyond are only counted.
    package static let mostKept = 100

    package init(operation: String, outcome: Outcome, code: Int64?, traceID: String?, at: Double) {
        self.operation = operation
        self.outcome = outcome
        self.code = code
        self.traceID = traceID
        self.at = at
    }

    /// `production.orders.create accepted (code 200, traceId t-1)`.
    package var text: String {
        let details = [code.map { "code \($0)" }, traceID.map { "traceId \($0)" }].compactMap(\.self)
        return "\(operation) \(outcome.rawValue)" + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
    }
}
