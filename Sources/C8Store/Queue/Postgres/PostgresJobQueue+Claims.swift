import C8Postgres
import C8Queue

extension PostgresJobQueue {
    static func claim(
        _ wish: JobWish, _ worker: WorkerIdentity, _ name: String, _ known: [String: JobScript], isRepeated: Bool,
        _ session: PostgresSession
    ) throws -> [ClaimedJob] {
        let tags = wish.tags.isEmpty ? [""] : wish.tags.sorted()
        let rows = try session.execute(
            """
            SELECT * FROM c8run.claim_jobs($1, $2, $3::text[], $4, $5::integer, $6::float8, $7::text[], $8::boolean)
            """,
            [
                name, worker.description, PostgresArray(tags), wish.application, min(wish.most, 1000), wish.lease,
                PostgresArray(Array(known.keys)), isRepeated,
            ])
        var scripts = known
        var claimed: [ClaimedJob] = []
        for row in rows.all {
            let reader = JobRowReader(PostgresJobRow(row: row))
            do throws(JobQueueError) {
                let hash = try reader.text("script_hash")
                // The text of a script comes with the first of its jobs.
                var script: JobScript
                if let found = scripts[hash] {
                    script = found
                    script.name = try reader.text("script_name")
                } else {
                    script = try reader.script()
                    scripts[hash] = script
                }
                claimed.append(
                    ClaimedJob(
                        claim: try reader.claim(), request: try reader.request(script),
                        attempt: try reader.count("attempts")))
            } catch {
                // It would come again and again.
                try bury(row, as: error, session)
            }
        }
        return claimed
    }

    /// Gives the jobs of an earlier claim, unless somebody has taken them over, a lease from now on.
    static func prolong(_ claim: String, _ wish: JobWish, _ session: PostgresSession) throws {
        try session.execute(
            """
            UPDATE c8run.job SET lease_until = \(clock) + $2::float8 WHERE state = 'running' AND claim = $1
            """, [claim, wish.lease])
    }

    /// Makes a job that cannot be read a dead letter.
    private static func bury(_ row: PostgresRow, as error: JobQueueError, _ session: PostgresSession) throws {
        guard let number = row.integer("number"), let fence = row.integer("fence") else { return }
        try session.execute(
            """
            UPDATE c8run.job SET state = 'dead', error = $3, ended_at = \(clock), changed_at = \(clock),
                claim = NULL, lease_until = NULL
            WHERE number = $1::bigint AND fence = $2::bigint
            """, [number, fence, error.description])
    }

    /// - Returns: the numbers of those that were recorded.
    static func end(
        _ ends: [(claim: JobClaim, end: JobEnd)], _ claims: JobClaims, isRepeated: Bool, _ session: PostgresSession
    ) throws -> Set<Int64> {
        var attempts: [Int64: JobClaims.Attempts] = [:]
        for (claim, _) in ends { attempts[claim.number] = claims[claim] }
        let unknown = ends.map(\.claim.number).filter { attempts[$0] == nil }
        if !unknown.isEmpty {
            let rows = try session.execute(
                "SELECT number, attempts, most_attempts FROM c8run.job WHERE number = ANY ($1::bigint[])", [unknown])
            for row in rows.all {
                guard let number = row.integer("number") else { continue }
                attempts[number] = JobClaims.Attempts(
                    count: Int(row.integer("attempts") ?? 0), most: Int(row.integer("most_attempts") ?? 0))
            }
        }
        let next = ends.map { claim, end -> (state: JobState, pause: Double) in
            let attempts = attempts[claim.number] ?? JobClaims.Attempts(count: 0, most: 0)
            return switch JobRetry.next(after: end, attempt: attempts.count, mostAttempts: attempts.most) {
            case .again(let pause): (.waiting, JobRetry.spread(pause, by: .random(in: 0...1)))
            case .ended(let state): (state, 0)
            }
        }
        let rows = try session.execute(
            """
            SELECT c8run.end_jobs($1::bigint[], $2::bigint[], $3::text[], $4::float8[], $5::boolean[], $6::integer[],
                $7::text[], $8::text[], $9::text[], $10::text[], $11::boolean[], $12::integer, $13::boolean) AS number
            """,
            [
                ends.map(\.claim.number), ends.map(\.claim.fence), PostgresArray(next.map(\.state.rawValue)),
                PostgresArray(next.map(\.pause)), PostgresArray(ends.map(\.end.isDrained)),
                PostgresArray(ends.map(\.end.exitCode)), PostgresArray(ends.map(\.end.result)),
                PostgresArray(ends.map { $0.end.error.map(JobLimits.kept) }),
                PostgresArray(ends.map { JobLimits.kept($0.end.output) }),
                PostgresArray(ends.map { JobLimits.kept($0.end.log) }), PostgresArray(ends.map(\.end.hasWritten)),
                JobRetry.keptAttempts, isRepeated,
            ])
        return Set(rows.all.compactMap { $0.integer("number") })
    }
}
