/// The right to run a job, for as long as its fence is the job's own.
package struct JobClaim: Sendable, Hashable {
    package let id: JobID
    /// The store's own number of the job.
    package let number: Int64
    package let fence: Int64

    package init(id: JobID, number: Int64, fence: Int64) {
        self.id = id
        self.number = number
        self.fence = fence
    }
}
