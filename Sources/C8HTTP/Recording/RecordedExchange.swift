/// One request and how it ended.
package struct RecordedExchange: Sendable, Hashable {
    package enum Outcome: Sendable, Hashable {
        case response(RecordedResponse)
        case failure(RecordedFailure)
    }

    package let request: RecordedRequest
    package let outcome: Outcome
    /// How long it took when it was recorded, in whole milliseconds: what is finer is another one each time.
    package let seconds: Double

    package init(request: RecordedRequest, outcome: Outcome, seconds: Double = 0) {
        self.request = request
        self.outcome = outcome
        self.seconds = (min(max(seconds, 0), 1e9) * 1000).rounded() / 1000
    }
}
