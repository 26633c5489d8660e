/// A script to be run once, by whichever worker takes it.
package struct JobRequest: Sendable, Equatable {
    package var id: JobID
    package var script: JobScript
    /// What the script finds in `...`.
    package var arguments: [String]
    /// `f.input` of its flows, as JSON text; nil without.
    package var input: String?
    /// What was granted and which limits were set when it was submitted, as JSON text of whoever submits and runs it; the
    /// stores do not look into it.
    package var terms: String
    /// Only workers for this tag take it; empty for those without one.
    package var tag: String
    /// Those of a higher number go first.
    package var priority: Int
    /// Seconds since 1970 before which it does not run; nil for at once.
    package var notBefore: Double?
    /// Which application of which platform it is for; nil for whichever the worker has.
    package var application: String?
    /// The profile that it was submitted with, for people.
    package var profile: String?
    /// How often it may be begun, at most.
    package var mostAttempts: Int
    /// Who submitted it: `user@host`, for people.
    package var submitter: String

    package init(
        id: JobID, script: JobScript, arguments: [String] = [], input: String? = nil, terms: String = "{}",
        tag: String = "", priority: Int = 0, notBefore: Double? = nil, application: String? = nil,
        profile: String? = nil, mostAttempts: Int = JobRetry.standardAttempts, submitter: String = ""
    ) {
        self.id = id
        self.script = script
        self.arguments = arguments
        self.input = input
        self.terms = terms
        self.tag = tag
        self.priority = priority
        self.notBefore = notBefore
        self.application = application
        self.profile = profile
        self.mostAttempts = mostAttempts
        self.submitter = submitter
    }
}
