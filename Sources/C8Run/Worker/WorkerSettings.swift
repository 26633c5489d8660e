import C8Queue

/// What a worker takes, and how it goes about it. Times are in seconds.
package struct WorkerSettings: Sendable {
    /// Jobs with one of these tags; empty for those without one.
    package var tags: Set<String> = []
    /// Whose jobs it may take, besides those of nobody's in particular.
    package var application: String?
    /// Scripts at a time.
    package var slots = 4
    package var lease = JobWish.standardLease
    /// The longest pause between two claims while there are no jobs.
    package var longestPause = 1.0
    /// How long scripts may go on once the worker is to end.
    package var drain = 30.0
    /// Ends when there is nothing left that it could take.
    package var endsWhenEmpty = false
    /// Ends after so many jobs; nil for any number.
    package var mostJobs: Int?

    package init() {}

    /// What to ask the queue for.
    func wish(most: Int) -> JobWish { JobWish(tags: tags, application: application, most: most, lease: lease) }
}
