/// A job that a worker has just taken, with all that it needs to run it.
package struct ClaimedJob: Sendable, Equatable {
    package var claim: JobClaim
    package var request: JobRequest
    /// Which attempt this is, from 1.
    package var attempt: Int

    package init(claim: JobClaim, request: JobRequest, attempt: Int) {
        self.claim = claim
        self.request = request
        self.attempt = attempt
    }
}
