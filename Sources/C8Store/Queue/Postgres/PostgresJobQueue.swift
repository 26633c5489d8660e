import C8Postgres
package import C8Queue
import Synchronization

/// Scripts that wait for a worker on any machine that uses the same database.
///
/// Who runs a job has a lease by the server's clock, which its worker's beats prolong. Once it is over, the next claim takes the
/// job over, with a higher fence; every statement names the fence, so that a worker that was paused meanwhile records nothing.
package final class PostgresJobQueue: JobQueue {
    /// How attempts ended is told with more patience than jobs are looked for.
    static let longPatience = Duration.seconds(30)
    /// The server's clock, in seconds since 1970.
    static let clock = "extract(epoch FROM clock_timestamp())::float8"

    let state: PostgresState
    let scripts = JobScriptCache()
    let claims = JobClaims()
    /// Of a claim whose answer was lost: what it took is this worker's, and the next one begins with it.
    let unanswered = Mutex<String?>(nil)

    /// - Parameter state: with a connection of its own, since others would wait for it.
    package init(_ state: PostgresState) {
        self.state = state
    }

    package func claim(_ wish: JobWish, as worker: WorkerIdentity, at now: Double) async throws -> [ClaimedJob] {
        guard wish.most > 0 else { return [] }
        // Where the answer is lost, the claim is known again by this.
        let earlier = unanswered.withLock { $0 }
        let name = earlier ?? "\(worker.key) \(String(UInt64.random(in: .min ... .max), radix: 16))"
        let known = scripts.known
        unanswered.withLock { $0 = name }
        let found = try await perform { session, isRepeated in
            if earlier != nil { try Self.prolong(name, wish, session) }
            return try Self.claim(
                wish, worker, name, known, isRepeated: isRepeated || earlier != nil, session)
        }
        unanswered.withLock { $0 = nil }
        for job in found {
            claims.add(
                job.claim, JobClaims.Attempts(count: job.attempt, most: job.request.mostAttempts))
        }
        for script in Dictionary(found.map { ($0.request.script.hash, $0.request.script) }, uniquingKeysWith: { $1 })
            .values
        {
            scripts.note(script)
        }
        return found
    }

    package func beat(
        _ mine: [JobClaim], lease: Double, as worker: WorkerIdentity, at now: Double
    ) async throws -> JobBeat {
        guard !mine.isEmpty else { return JobBeat() }
        let rows = try await perform { session, _ in
            try session.execute(
                """
                UPDATE c8run.job AS job SET lease_until = \(Self.clock) + $3::float8
                FROM unnest($1::bigint[], $2::bigint[]) AS mine (number, fence)
                WHERE job.number = mine.number AND job.fence = mine.fence AND job.state = 'running'
                RETURNING job.number, job.is_cancelling
                """, [mine.map(\.number), mine.map(\.fence), lease])
        }
        var kept: [Int64: Bool] = [:]
        for row in rows.all {
            if let number = row.integer("number") { kept[number] = row.boolean("is_cancelling") ?? false }
        }
        let beat = JobBeat(
            lost: Set(mine.filter { kept[$0.number] == nil }), cancelled: Set(mine.filter { kept[$0.number] == true }))
        claims.remove(beat.lost)
        return beat
    }

    package func noteWrite(_ claim: JobClaim, at now: Double) async throws {
        let row = try await perform { session, _ in
            try session.execute(
                """
                UPDATE c8run.job SET has_written = true
                WHERE number = $1::bigint AND fence = $2::bigint AND state = 'running' RETURNING number
                """, [claim.number, claim.fence]
            ).first
        }
        guard row != nil else { throw JobQueueError.lostOwnership(claim.id) }
    }

    package func end(_ ends: [(claim: JobClaim, end: JobEnd)], at now: Double) async throws -> Set<JobClaim> {
        for (_, end) in ends { try JobLimits.check(end) }
        guard !ends.isEmpty else { return [] }
        let recorded = try await perform(within: Self.longPatience) { [claims] session, isRepeated in
            try Self.end(ends, claims, isRepeated: isRepeated, session)
        }
        claims.remove(ends.lazy.map(\.claim))
        return Set(ends.lazy.map(\.claim).filter { !recorded.contains($0.number) })
    }

    /// Uses the connection, and gives its errors as the queue's.
    func perform<Value: Sendable>(
        within patience: Duration = PostgresConnection.patience,
        _ body: @escaping @Sendable (PostgresSession, _ isRepeated: Bool) throws -> Value
    ) async throws -> Value {
        do {
            return try await state.perform(within: patience, body)
        } catch let error as PostgresError {
            throw JobQueueError(error)
        }
    }
}
