import C8Queue
import Synchronization

/// A queue that can be away, and that counts what it is asked for.
final class AwayQueue: JobQueue {
    private let queue: any JobQueue
    private let state = Mutex(
        (
            isAway: false, isHanging: false, isRefusing: false, refused: JobID?.none, lost: Set<JobClaim>(), beats: 0,
            ends: [Int]()
        ))

    init(_ queue: any JobQueue) { self.queue = queue }

    /// Whether it cannot be reached.
    var isAway: Bool {
        get { state.withLock { $0.isAway } }
        set { state.withLock { $0.isAway = newValue } }
    }

    /// Whether it does not answer, neither yes nor no.
    var isHanging: Bool {
        get { state.withLock { $0.isHanging } }
        set { state.withLock { $0.isHanging = newValue } }
    }

    /// Whether nobody may take jobs.
    var isRefusing: Bool {
        get { state.withLock { $0.isRefusing } }
        set { state.withLock { $0.isRefusing = newValue } }
    }

    /// The job whose end it cannot keep, for a reason that may pass or not.
    var refused: JobID? {
        get { state.withLock { $0.refused } }
        set { state.withLock { $0.refused = newValue } }
    }

    private func answer() async throws {
        while isHanging { try await Task.sleep(for: .milliseconds(5)) }
        try reach()
    }

    var beats: Int { state.withLock { $0.beats } }
    /// How many ends it was told of at a time.
    var ends: [Int] { state.withLock { $0.ends } }

    /// From now on the claim is somebody else's.
    func lose(_ claim: JobClaim) { state.withLock { _ = $0.lost.insert(claim) } }

    private func reach() throws(JobQueueError) {
        if isAway { throw .unreachable("it is away") }
    }

    func submit(_ request: JobRequest, at now: Double) async throws -> JobSubmission {
        try await queue.submit(request, at: now)
    }

    func schedule(_ schedule: JobSchedule, at now: Double) async throws -> JobSubmission {
        try await queue.schedule(schedule, at: now)
    }

    func fire(
        at now: Double, next: @Sendable (JobSchedule, _ after: Double) -> Double?
    ) async throws -> [JobID] {
        try reach()
        return try await queue.fire(at: now, next: next)
    }

    func claim(_ wish: JobWish, as worker: WorkerIdentity, at now: Double) async throws -> [ClaimedJob] {
        try reach()
        if isRefusing { throw JobQueueError.storage("nobody may claim") }
        return try await queue.claim(wish, as: worker, at: now)
    }

    func beat(
        _ claims: [JobClaim], lease: Double, as worker: WorkerIdentity, at now: Double
    ) async throws -> JobBeat {
        try await answer()
        var beat = try await queue.beat(claims, lease: lease, as: worker, at: now)
        state.withLock { state in
            state.beats += 1
            beat.lost.formUnion(state.lost.intersection(claims))
        }
        return beat
    }

    func noteWrite(_ claim: JobClaim, at now: Double) async throws {
        try reach()
        try await queue.noteWrite(claim, at: now)
    }

    func end(_ ends: [(claim: JobClaim, end: JobEnd)], at now: Double) async throws -> Set<JobClaim> {
        try await answer()
        state.withLock { $0.ends.append(ends.count) }
        if ends.contains(where: { $0.claim.id == refused }) { throw JobQueueError.storage("it is not taken") }
        return try await queue.end(ends, at: now)
    }

    func list(_ filter: JobFilter) async throws -> [JobRecord] { try await queue.list(filter) }
    func counts() async throws -> [JobState: Int] { try await queue.counts() }
    func lag(at now: Double) async throws -> Double { try await queue.lag(at: now) }
    func show(_ id: JobID) async throws -> JobReport? { try await queue.show(id) }
    func schedules() async throws -> [JobSchedule] { try await queue.schedules() }
    func cancel(_ id: JobID, at now: Double) async throws -> JobState { try await queue.cancel(id, at: now) }

    func retry(_ id: JobID, evenIfWritten: Bool, at now: Double) async throws {
        try await queue.retry(id, evenIfWritten: evenIfWritten, at: now)
    }

    func prune(endedBefore time: Double, states: Set<JobState>) async throws -> Int {
        try await queue.prune(endedBefore: time, states: states)
    }
}
