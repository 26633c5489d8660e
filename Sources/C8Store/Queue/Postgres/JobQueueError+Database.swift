package import C8Postgres
package import C8Queue

extension JobQueueError {
    /// What it means for a queue that its database cannot be used.
    package init(_ error: PostgresError) {
        let text = "\(error.problem) (\(error.place)); \(error.remedy)"
        self = error.isUnavailable ? .unreachable(text) : .storage(text)
    }
}
