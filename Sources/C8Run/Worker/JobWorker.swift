package import C8Client
package import C8Queue
import Synchronization

/// Takes jobs from a queue and runs them, several at a time, until it is told to end.
///
/// What to do is ``WorkerState``'s to decide; this asks the queue, keeps time and starts and stops scripts. It outlives a
/// queue that is away: what runs goes on for as long as its leases hold, and ends are told when the queue is back.
package actor JobWorker {
    /// Runs one job to its end. Cancelled where the script is to stop.
    package typealias Run = @Sendable (ClaimedJob, JobAttempt) async -> JobEnd

    let queue: any JobQueue
    let identity: WorkerIdentity
    let settings: WorkerSettings
    let clock: any ClientClock
    private let next: @Sendable (JobSchedule, Double) -> Double?
    let observe: @Sendable (WorkerEvent) -> Void
    private let run: Run
    private let bell: WorkerBell
    private let shown: Mutex<(status: WorkerStatus, contactAt: Double?)>

    var state: WorkerState
    private var pace: ClaimPace
    private var tasks: [JobClaim: Task<Void, Never>] = [:]
    /// What the queue is still to be told, in order.
    private var ends: [(claim: JobClaim, end: JobEnd)] = []
    /// Whether it is being told.
    private var isTelling = false
    /// Of those ends, what an earlier try may have brought to the queue although it failed.
    private var doubtful: Set<JobClaim> = []
    /// When a worker that is to end waits no longer for a queue that is away.
    private var farewell: Double?
    /// How often in a row the queue could not be told.
    private var failures = 0
    private var nextClaim = 0.0
    private var nextRecord = 0.0
    private var nextFire = 0.0
    private var nextBeat = 0.0
    private var isBeating = false
    /// Whether the last beat did not reach the queue, whatever claims do.
    private var isBeatLost = false
    private var isAway = false
    private var taken = 0
    /// Whether the queue has ever given an answer.
    private var hasAsked = false
    /// Why the queue could not be used from the start, which waiting does not mend: rights that are missing, a full disk.
    private var refusal: JobQueueError?

    /// How often schedules are looked at, in seconds.
    private static let fireInterval = 1.0
    /// How often leases and deadlines are looked at.
    private static let watchInterval = 0.5
    /// Seconds that a worker which is to end tries to tell a queue that is away of its last ends. Its leases tell after that.
    private static let farewellTime = 10.0

    /// - Parameters:
    ///   - next: when a schedule fires next after a moment.
    ///   - observe: told of what happens, at once and in order.
    package init(
        queue: any JobQueue, identity: WorkerIdentity, settings: WorkerSettings, clock: any ClientClock = SystemClock(),
        next: @escaping @Sendable (JobSchedule, Double) -> Double?,
        observe: @escaping @Sendable (WorkerEvent) -> Void, run: @escaping Run
    ) {
        self.queue = queue
        self.identity = identity
        self.settings = settings
        self.clock = clock
        self.next = next
        self.observe = observe
        self.run = run
        bell = WorkerBell(clock: clock)
        state = WorkerState(slots: settings.slots, lease: settings.lease)
        pace = ClaimPace(longest: settings.longestPause)
        shown = Mutex((WorkerStatus(slots: settings.slots), nil))
    }

    /// How it is now.
    package nonisolated var status: WorkerStatus {
        let now = clock.monotonic()
        return shown.withLock { shown in
            var status = shown.status
            status.sinceContact = shown.contactAt.map { now - $0 }
            status.isStoreReached = status.sinceContact.map { $0 < settings.lease } ?? false
            return status
        }
    }

    /// Works until it is told to end, or has nothing more to do.
    ///
    /// - Returns: how many ends the queue could not be told of. Those jobs are somebody else's when their leases are over.
    /// - Throws: where the queue cannot be used from the start, and not only because it is away.
    @discardableResult
    package func work() async throws(JobQueueError) -> Int {
        let watch = Task { await watchOver() }
        while true {
            record()
            let found = await claim()
            if isOver(found: found) { break }
            await bell.wait(seconds: pause)
        }
        watch.cancel()
        await watch.value
        if let refusal { throw refusal }
        for (claim, _) in ends { observe(.unrecorded(claim, "it could not be reached before this worker ended")) }
        return ends.count
    }

    /// Takes nothing new, lets scripts end for ``WorkerSettings/drain`` seconds, then stops them and gives their jobs back.
    package func drain() async {
        guard state.phase == .working else { return }
        state.drain(until: clock.monotonic() + settings.drain)
        observe(.draining)
        await show()
    }

    /// Stops all scripts now, and gives their jobs back.
    package func stop() async {
        stop(state.stopAll())
        await show()
    }

    // MARK: - Jobs

    /// Takes jobs and starts them. Gives how many; nil where it did not ask, or could not.
    private func claim() async -> Int? {
        let most = wanted
        let askedAt = clock.monotonic()
        guard most > 0, askedAt >= nextClaim else { return nil }
        await fire(at: askedAt)
        var jobs: [ClaimedJob]?
        do {
            jobs = try await queue.claim(settings.wish(most: most), as: identity, at: clock.now())
            hasAsked = true
            reached()
        } catch {
            if !hasAsked, case .storage? = error as? JobQueueError { refusal = error as? JobQueueError }
            away(error)
        }
        nextClaim = clock.monotonic() + pace.next(found: jobs?.count, random: .random(in: 0...1))
        guard let jobs else { return nil }
        state.took(jobs.map(\.claim), askedAt: askedAt)
        taken += jobs.count
        for job in jobs { start(job) }
        await show()
        return jobs.count
    }

    /// How many jobs it would take now.
    private var wanted: Int { min(state.free, settings.mostJobs.map { $0 - taken } ?? .max) }

    private func fire(at now: Double) async {
        guard now >= nextFire else { return }
        nextFire = now + Self.fireInterval
        do {
            let ids = try await queue.fire(at: clock.now(), next: next)
            if !ids.isEmpty { observe(.fired(ids)) }
        } catch {
            away(error)
        }
    }

    private func start(_ job: ClaimedJob) {
        guard state.phase == .working else {
            // It was told to end while it asked.
            if state.ended(job.claim) { ends.append((job.claim, JobEnd(exitCode: 143, isDrained: true))) }
            return
        }
        let claim = job.claim
        let attempt = JobAttempt(claim, queue: queue, clock: clock) { [weak self] in try await self?.confirm(claim) }
        // An earlier run of the same job, that was lost, may still be unwinding.
        let earlier = tasks.filter { $0.key.id == claim.id }.map(\.value)
        observe(.began(job))
        tasks[claim] = Task { [run, clock] in
            for task in earlier { await task.value }
            let began = clock.monotonic()
            let end = await run(job, attempt)
            await self.ended(job, end, attempt, seconds: clock.monotonic() - began)
        }
    }

    private func ended(_ job: ClaimedJob, _ end: JobEnd, _ attempt: JobAttempt, seconds: Double) async {
        let claim = job.claim
        tasks[claim] = nil
        let stop = state.stop(of: claim)
        if state.ended(claim) {
            var end = end
            end.hasWritten = attempt.mayHaveWritten
            switch stop {
            case .drained?, .expired?: end.isDrained = end.exitCode != 0
            case .cancelled? where end.exitCode != 0: end.error = "taken back by an operator"
            case .cancelled?, .lost?, nil: break
            }
            ends.append((claim, end))
            observe(.ended(job, end, seconds: seconds))
        } else {
            observe(.refused(claim, isRunning: true))
        }
        await show()
        await bell.ring()
    }

    private func stop(_ stops: [(claim: JobClaim, stop: WorkerState.Stop)]) {
        for (claim, stop) in stops {
            observe(.stopping(claim, stop))
            tasks[claim]?.cancel()
        }
    }

    // MARK: - The queue

    /// Begins to tell the queue of all ends at once; those that come meanwhile are the next. Nobody waits for it: a queue that is
    /// away takes its time.
    private func record() {
        guard !isTelling, !ends.isEmpty, clock.monotonic() >= nextRecord else { return }
        isTelling = true
        Task {
            await tell(ends)
            isTelling = false
            await bell.ring()
        }
    }

    private func tell(_ told: [(claim: JobClaim, end: JobEnd)]) async {
        do {
            await finish(told.map(\.claim), refused: try await queue.end(told, at: clock.now()))
            return
        } catch let error where Self.isPassing(error) {
            doubtful.formUnion(told.map(\.claim))
            later(error)
            // A store that answers may refuse one of them alone.
            guard case .storage? = error as? JobQueueError, told.count > 1 else { return }
        } catch {
            guard told.count > 1 else {
                observe(.unrecorded(told[0].claim, "\(error)"))
                await finish(told.map(\.claim), refused: [])
                return
            }
        }
        // One of them is what the queue does not take, and the others must not wait for it.
        for one in told { await tell([one]) }
    }

    /// The queue is to be told again, after a while.
    private func later(_ error: any Error) {
        away(error)
        failures += 1
        nextRecord = clock.monotonic() + min(5, 0.1 * Double(1 << min(failures, 6)))
    }

    private func finish(_ told: [JobClaim], refused: Set<JobClaim>) async {
        state.recorded(told)
        ends.removeAll { told.contains($0.claim) }
        failures = 0
        reached()
        for claim in refused {
            let wasTold = doubtful.contains(claim) ? await isRecorded(claim) : false
            if !wasTold { observe(.refused(claim, isRunning: false)) }
        }
        doubtful.subtract(told)
    }

    /// Whether the claim's end is in the queue, by a try whose answer was lost.
    private func isRecorded(_ claim: JobClaim) async -> Bool {
        guard let record = try? await queue.show(claim.id)?.record else { return false }
        return record.fence == claim.fence && record.state != .running
    }

    private static func isPassing(_ error: any Error) -> Bool {
        switch error as? JobQueueError {
        case .storage, .unreachable: true
        default: error is CancellationError
        }
    }

    private func isOver(found: Int?) -> Bool {
        if refusal != nil { return true }
        guard state.running == 0 else { return false }
        if !ends.isEmpty {
            guard state.phase != .working else { return false }
            let now = clock.monotonic()
            let latest = farewell ?? now + Self.farewellTime
            farewell = latest
            return now >= latest
        }
        if state.phase != .working { return true }
        if let most = settings.mostJobs, taken >= most { return true }
        return (settings.endsWhenEmpty || settings.mostJobs != nil) && found == 0
    }

    /// Seconds until there is something to do, unless something happens before.
    private var pause: Double? {
        let now = clock.monotonic()
        var times: [Double] = []
        if !ends.isEmpty, !isTelling { times.append(nextRecord) }
        if let farewell { times.append(farewell) }
        if wanted > 0 { times.append(nextClaim) }
        return times.min().map { max(0, $0 - now) }
    }

    // MARK: - Leases

    /// Prolongs leases, and looks at deadlines.
    private func watchOver() async {
        while (try? await clock.sleep(seconds: Self.watchInterval)) != nil {
            // After a pause of the whole process, the answer tells which claims are still this worker's: it has until the next
            // look. Leases and deadlines do not wait for a queue that is away.
            if beginBeat(), !isBeatLost { continue }
            stop(state.tick(at: clock.monotonic()))
            if state.phase != .working { await bell.ring() }
        }
    }

    /// - Returns: whether the queue is asked now, and was not being asked already.
    private func beginBeat() -> Bool {
        guard !isBeating, clock.monotonic() >= nextBeat, !state.claims.isEmpty else { return false }
        isBeating = true
        Task {
            // Where it failed, the next look asks again.
            isBeatLost = !(await beat())
            isBeating = false
        }
        return true
    }

    /// - Returns: whether the queue was reached.
    private func beat() async -> Bool {
        let claims = state.claims
        guard !claims.isEmpty else { return true }
        let askedAt = clock.monotonic()
        do {
            let beat = try await queue.beat(claims, lease: settings.lease, as: identity, at: clock.now())
            reached()
            nextBeat = askedAt + state.beatInterval
            stop(state.beaten(claims, beat, askedAt: askedAt))
            return true
        } catch {
            away(error)
            return false
        }
    }

    /// Before a write: the job is this worker's for certain, or nothing is written.
    private func confirm(_ claim: JobClaim) async throws(JobQueueError) {
        if state.isGood(claim, at: clock.monotonic()) { return }
        let isReached = await beat()
        if state.isGood(claim, at: clock.monotonic()) { return }
        guard isReached else {
            throw .unreachable("it cannot be asked whether job \"\(claim.id)\" is still this worker's")
        }
        stop(state.lost(claim))
        throw .lostOwnership(claim.id)
    }

    // MARK: - Status

    private func reached() {
        let now = clock.monotonic()
        shown.withLock { $0.contactAt = now }
        if isAway { observe(.back) }
        isAway = false
    }

    private func away(_ error: any Error) {
        if !isAway { observe(.away("\(error)")) }
        isAway = true
    }

    private func show() async {
        let (running, isDraining) = (state.running, state.phase != .working)
        shown.withLock { shown in
            shown.status.running = running
            shown.status.isDraining = isDraining
        }
        if isDraining { await bell.ring() }
    }
}
