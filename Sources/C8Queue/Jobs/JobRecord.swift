/// A job as the queue knows it, without its texts. Times are seconds since 1970.
package struct JobRecord: Sendable, Equatable {
    package var id: JobID
    package var state: JobState
    package var scriptName: String
    package var scriptHash: String
    package var tag: String
    package var priority: Int
    package var application: String?
    package var profile: String?
    package var submitter: String
    package var submittedAt: Double
    /// When it may run next.
    package var notBefore: Double
    /// How often it was begun.
    package var attempts: Int
    package var mostAttempts: Int
    /// Grows with each claim; what is written under a lower one is refused.
    package var fence: Int64
    /// Who runs it, or ran it last: `host`, process and worker's name, for people.
    package var worker: String?
    package var startedAt: Double?
    package var endedAt: Double?
    /// Seconds until its worker loses it unless that is heard of again; nil where it is not run, or a lock holds it.
    package var lease: Double?
    /// Whether an attempt has sent a write outside of a flow's steps whose outcome the journal does not know.
    package var hasWritten: Bool
    /// Whether an operator has asked its worker to end it.
    package var isCancelling: Bool
    /// Of the last attempt that ended.
    package var exitCode: Int32?
    /// Why the last attempt did not succeed, a sentence.
    package var error: String?
    /// The schedule that made it; nil where it was submitted by itself.
    package var schedule: JobID?

    package init(id: JobID, state: JobState, scriptName: String, scriptHash: String) {
        self.id = id
        self.state = state
        self.scriptName = scriptName
        self.scriptHash = scriptHash
        tag = ""
        priority = 0
        submitter = ""
        submittedAt = 0
        notBefore = 0
        attempts = 0
        mostAttempts = JobRetry.standardAttempts
        fence = 0
        hasWritten = false
        isCancelling = false
    }
}
