import C8Listener

/// Everything that the command line says about a worker, as plain values. Times are in seconds.
struct WorkerArguments: Sendable, Equatable {
    /// What workers have in common with runs: the grants and limits that bound all jobs, and the platform.
    var run = RunArguments()
    /// Scripts at a time.
    var concurrency = 4
    var tags: [String] = []
    /// Where health and numbers are served.
    var listen: ListenerAddress?
    /// How long scripts may go on once the worker is to end.
    var drain = 30.0
    /// The longest pause between two looks at a queue without jobs.
    var poll = 1.0
    /// Ends after one job.
    var once = false
    /// Ends when nothing is left that it could take.
    var untilEmpty = false
}
