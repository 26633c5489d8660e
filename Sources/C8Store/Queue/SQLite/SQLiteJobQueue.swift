package import C8Queue
import GRDB
import Synchronization

/// Scripts that wait for a worker on this machine, in the state shared by all processes that use the same folder.
///
/// Whether a worker lives is told by a lock that the kernel ends with its process, and not by a clock: a job of a process that
/// was killed is taken over at once, and one of a process that is merely stopped is not.
package final class SQLiteJobQueue: JobQueue {
    let state: StateStore
    let locks: ByteLocks
    /// Of the workers that claim through this.
    private let held = Mutex<[String: ByteLock]>([:])

    package init(_ state: StateStore) {
        self.state = state
        locks = ByteLocks(in: state.folderPath, name: "workers.lock")
    }

    package func submit(_ request: JobRequest, at now: Double) async throws -> JobSubmission {
        try JobLimits.check(request)
        return try await keep { database in try Self.submit(request, at: now, database) }
    }

    package func schedule(_ schedule: JobSchedule, at now: Double) async throws -> JobSubmission {
        try schedule.check()
        return try await keep { database in try Self.put(schedule, at: now, database) }
    }

    package func fire(
        at now: Double, next: @Sendable (JobSchedule, _ after: Double) -> Double?
    ) async throws -> [JobID] {
        let due = try await read { database in try Self.schedules(dueAt: now, database) }
        var fired: [JobID] = []
        for schedule in due {
            guard let firing = try schedule.firing(at: now, next: { next(schedule, $0) }) else { continue }
            let isFired = try await keep { database in try Self.fire(firing, of: schedule, at: now, database) }
            if isFired { fired.append(firing.request.id) }
        }
        return fired
    }

    package func claim(_ wish: JobWish, as worker: WorkerIdentity, at now: Double) async throws -> [ClaimedJob] {
        guard wish.most > 0 else { return [] }
        // Before anything of it is there for others to see.
        try hold(worker)
        // Most looks find nothing, and need no lock that others wait for.
        let locks = locks
        let mayFind = try await read { database in
            if try !Self.candidates(for: wish, at: now, database).isEmpty { return true }
            return try !Self.lostWorkers(locks, database).isEmpty
        }
        guard mayFind else { return [] }
        return try await keep { database in
            try Self.takeOver(from: try Self.lostWorkers(locks, database), at: now, database)
            return try Self.claim(wish, as: worker, at: now, database)
        }
    }

    package func beat(
        _ claims: [JobClaim], lease: Double, as worker: WorkerIdentity, at now: Double
    ) async throws -> JobBeat {
        try await read { database in
            var beat = JobBeat()
            for claim in claims {
                guard let row = try Self.held(claim, database) else {
                    beat.lost.insert(claim)
                    continue
                }
                if try row.flag("is_cancelling") { beat.cancelled.insert(claim) }
            }
            return beat
        }
    }

    package func noteWrite(_ claim: JobClaim, at now: Double) async throws {
        try await keep { database in
            try database.execute(
                sql: "UPDATE job SET has_written = 1 WHERE number = ? AND id = ? AND fence = ? AND state = 'running'",
                arguments: [claim.number, claim.id.text, claim.fence])
            guard database.changesCount == 1 else { throw JobQueueError.lostOwnership(claim.id) }
        }
    }

    package func end(_ ends: [(claim: JobClaim, end: JobEnd)], at now: Double) async throws -> Set<JobClaim> {
        for (_, end) in ends { try JobLimits.check(end) }
        guard !ends.isEmpty else { return [] }
        return try await keep(usingReserve: true) { database in
            var lost: Set<JobClaim> = []
            for (claim, end) in ends where try !Self.end(claim, with: end, at: now, database) { lost.insert(claim) }
            return lost
        }
    }

    /// Takes the worker's lock, for as long as this lives.
    private func hold(_ worker: WorkerIdentity) throws(JobQueueError) {
        let key = worker.key
        guard held.withLock({ $0[key] == nil }) else { return }
        do {
            guard let lock = try locks.take(key) else {
                throw JobQueueError.storage("another worker has the lock of this one in \(locks.path); start it again")
            }
            held.withLock { $0[key] = lock }
        } catch let error as ByteLockError {
            throw .storage(error.description)
        } catch {
            throw (error as? JobQueueError) ?? .storage("\(error)")
        }
    }
}
