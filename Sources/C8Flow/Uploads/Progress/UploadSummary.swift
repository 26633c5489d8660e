/// What an upload did; what `c8.upload` returns.
package struct UploadSummary: Sendable, Hashable {
    /// Rows that the platform was sent and that it answered for: accepted, rejected or duplicate. Each counts once.
    package var sent = 0
    /// Rows that the platform took.
    package var accepted = 0
    /// Rows that the platform rejected, and those that were not sent as they do not match the pattern.
    package var rejected = 0
    /// Rows that came before in the input, and those that the platform had already.
    package var duplicate = 0
    /// Finished batches.
    package var batches = 0
    /// Requests that were sent again.
    package var retries = 0
    /// Seconds of all runs.
    package var seconds = 0.0

    package init() {}

    /// Adds what an answer says.
    package mutating func add(_ answer: BatchAnswer) {
        sent += answer.accepted + answer.rejected + answer.duplicate
        accepted += answer.accepted
        rejected += answer.rejected
        duplicate += answer.duplicate
    }

    /// Adds rows that were not sent.
    package mutating func add(_ skipped: SkippedRows) {
        rejected += skipped.invalid
        duplicate += skipped.duplicate
    }
}
