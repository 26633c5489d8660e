/// What became of a submission.
package enum JobSubmission: Sendable, Equatable {
    case added
    /// A job, or a schedule, of that id with the very same script, grants, input and arguments is there already.
    case present(JobState)
}
