/// Why the queue does not do what it was asked for.
package enum JobQueueError: Error, Sendable, Equatable, CustomStringConvertible {
    /// An id, a tag or another name that cannot be one.
    case badName(String, String)
    /// The id was submitted with something else.
    case otherJob(JobID)
    case unknownJob(JobID)
    /// That cannot be done to a job in this state.
    case notNow(JobID, JobState)
    /// To run it again might repeat a write.
    case mayWriteTwice(JobID)
    /// Another worker has taken the job, or an operator took it away: this run of it must stop at once.
    case lostOwnership(JobID)
    /// A text is too long: whose, its bytes, and how many may be.
    case tooLong(String, count: Int, most: Int)
    /// What is stored makes no sense.
    case damaged(String, problem: String)
    /// The store cannot be read or written.
    case storage(String)
    /// The store is on another machine, which does not answer.
    case unreachable(String)

    package var description: String {
        switch self {
        case .badName(let text, let problem): "\"\(text)\" cannot be a name here: it \(problem)"
        case .otherJob(let id):
            "job \"\(id)\" is in the queue with another script, input, arguments or grants: take another id, or look at it "
                + "with: c8run queue show"
        case .unknownJob(let id):
            "there is no job \"\(id)\" in the queue: see c8run queue list, and c8run queue schedules"
        case .notNow(let id, let state): "job \"\(id)\" is \(state.rawValue): see c8run queue show"
        case .mayWriteTwice(let id):
            "job \"\(id)\" may have written outside of a flow: find out whether it has, then say --even-if-written to run "
                + "it again"
        case .lostOwnership(let id):
            "job \"\(id)\" has been taken over by another worker, or was taken back: this run stops"
        case .tooLong(let subject, let count, let most):
            "\(subject) has \(count) bytes; at most \(most) can be queued"
        case .damaged(let id, let problem): "job \"\(id)\" is damaged in the queue: \(problem)"
        case .storage(let problem), .unreachable(let problem): "the queue cannot be kept: \(problem)"
        }
    }
}
