package import C8Queue

/// What a worker has to tell, for logs and numbers.
package enum WorkerEvent: Sendable {
    case began(ClaimedJob)
    /// The queue is told next. `seconds` is how long the attempt took.
    case ended(ClaimedJob, JobEnd, seconds: Double)
    /// A script is stopped before its end.
    case stopping(JobClaim, WorkerState.Stop)
    /// What became of it counts for nothing: somebody else has the job.
    ///
    /// `isRunning`: its script has just ended, and ``ended(_:_:seconds:)`` does not come.
    case refused(JobClaim, isRunning: Bool)
    /// The schedules whose time had come added these jobs.
    case fired([JobID])
    /// The queue cannot be reached, for the first time since it could.
    case away(String)
    /// It can again.
    case back
    /// What the queue refuses, and will go on refusing.
    case unrecorded(JobClaim, String)
    case draining
}
