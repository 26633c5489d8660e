import C8Queue

/// Everything that the command line says about a submission, as plain values.
struct SubmitArguments: Sendable, Equatable {
    /// What a queued script has in common with one that is run at once.
    var run = RunArguments()
    var id: String?
    var at: JobMoment?
    /// `--cron`, as it was written.
    var cron: String?
    /// `--zone`.
    var zone: String?
    var priority = 0
    /// Empty for none.
    var tag = ""
    var mostAttempts = JobRetry.standardAttempts
    var json = false

    /// Options that mean nothing without, or beside, others.
    func check() throws(UsageError) {
        if cron != nil, at != nil { throw UsageError(.atOrCron) }
        if cron == nil, zone != nil { throw UsageError(.zoneWithoutCron) }
        try run.grants.checkHosts()
    }
}
