/// Scripts that wait for a worker, which any machine may be that shares the store.
///
/// One worker at a time runs a job: it has a lease (or, on one machine, a lock), and a fence that grows with each claim. What
/// is written under a fence that is not the job's own any more is refused. Whatever a method has returned from is kept,
/// also when the task that called it is cancelled meanwhile. Times are seconds since 1970; a store that machines share goes
/// by its own clock, and looks at `now` for what it shows to people alone. All methods throw ``JobQueueError``.
package protocol JobQueue: AnyObject, Sendable {
    /// Adds a job, once for its id.
    ///
    /// - Throws: ``JobQueueError/otherJob(_:)`` where the id has another script, other terms, input or arguments.
    func submit(_ request: JobRequest, at now: Double) async throws -> JobSubmission

    /// Adds a schedule, or replaces the one of that id.
    func schedule(_ schedule: JobSchedule, at now: Double) async throws -> JobSubmission

    /// Submits the jobs of all schedules whose time has come, each once for all callers, however many there are at once. Of
    /// the firings that nobody was there for, only the last one is made up for.
    ///
    /// - Parameter next: the first moment of a schedule that is later than one given.
    /// - Returns: the ids of the jobs that this call has added.
    func fire(
        at now: Double, next: @Sendable (JobSchedule, _ after: Double) -> Double?
    ) async throws -> [JobID]

    /// Takes jobs that may run now, by priority and then by time; at first, those whose worker was lost are put back or
    /// become dead letters (see ``JobRetry/nextAfterLoss(hasWritten:attempt:mostAttempts:)``).
    func claim(_ wish: JobWish, as worker: WorkerIdentity, at now: Double) async throws -> [ClaimedJob]

    /// Says that a worker lives, and prolongs its leases.
    func beat(
        _ claims: [JobClaim], lease: Double, as worker: WorkerIdentity, at now: Double
    ) async throws -> JobBeat

    /// To be kept before the first write outside of a flow leaves: should the worker be lost, the job is not run again.
    ///
    /// - Throws: ``JobQueueError/lostOwnership(_:)`` where the claim holds no longer: the write must not be sent.
    func noteWrite(_ claim: JobClaim, at now: Double) async throws

    /// Records how attempts ended, and gives their claims up. What becomes of each job is told by ``JobRetry``.
    ///
    /// - Returns: those claims that held no longer; nothing was recorded for them.
    func end(_ ends: [(claim: JobClaim, end: JobEnd)], at now: Double) async throws -> Set<JobClaim>

    /// Jobs, those that changed last first.
    func list(_ filter: JobFilter) async throws -> [JobRecord]

    /// How many jobs there are in each state; states without any are left out.
    func counts() async throws -> [JobState: Int]

    /// For how many seconds the job that has waited longest could have been run; 0 where none waits whose time has come. Of all
    /// tags: a job that no worker is for is to be seen.
    func lag(at now: Double) async throws -> Double

    /// - Returns: nil where there is no such job.
    func show(_ id: JobID) async throws -> JobReport?

    /// Schedules, by their ids.
    func schedules() async throws -> [JobSchedule]

    /// Takes a job back: one that waits at once, one that runs by asking its worker. A schedule of that id ends.
    ///
    /// - Returns: the state that it has then: `cancelled`, or `running` where its worker was asked.
    /// - Throws: ``JobQueueError/unknownJob(_:)``, ``JobQueueError/notNow(_:_:)`` where it has ended.
    func cancel(_ id: JobID, at now: Double) async throws -> JobState

    /// Puts a dead letter, or a cancelled job, back, with all its attempts before it.
    ///
    /// - Parameter evenIfWritten: although a write of it may have taken place, which would then be made twice.
    /// - Throws: ``JobQueueError/unknownJob(_:)``, ``JobQueueError/notNow(_:_:)`` where it waits, runs or is done,
    ///   ``JobQueueError/mayWriteTwice(_:)``.
    func retry(_ id: JobID, evenIfWritten: Bool, at now: Double) async throws

    /// Removes jobs that ended before a time, with their texts. Returns how many.
    @discardableResult
    func prune(endedBefore time: Double, states: Set<JobState>) async throws -> Int
}
