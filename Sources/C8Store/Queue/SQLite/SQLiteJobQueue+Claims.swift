import C8Queue
import GRDB

extension SQLiteJobQueue {
    /// Numbers of jobs that may run now, in the order in which they are taken.
    static func candidates(for wish: JobWish, at now: Double, _ database: Database) throws -> [Int64] {
        let statement = try database.cachedStatement(
            sql: """
                SELECT number, priority, not_before FROM job
                WHERE state = 'waiting' AND tag = ? AND not_before <= ? AND (application IS NULL OR application = ?)
                ORDER BY priority DESC, not_before, number LIMIT ?
                """)
        // For each tag by itself, since an index has its jobs in order.
        var found: [(number: Int64, priority: Int64, time: Double)] = []
        for tag in wish.tags.isEmpty ? [""] : wish.tags.sorted() {
            let rows = try Row.fetchAll(statement, arguments: [tag, now, wish.application, wish.most])
            found += rows.map { (number: $0[0], priority: $0[1], time: $0[2]) }
        }
        found.sort { left, right in
            (-left.priority, left.time, left.number) < (-right.priority, right.time, right.number)
        }
        return found.prefix(wish.most).map(\.number)
    }

    /// Keys of workers that run jobs, as the table says, and do not live.
    static func lostWorkers(_ locks: ByteLocks, _ database: Database) throws -> [String] {
        let keys = try String.fetchAll(
            database, sql: "SELECT DISTINCT worker_key FROM job WHERE state = 'running' AND worker_key IS NOT NULL")
        do {
            return zip(keys, try locks.areHeld(keys)).filter { !$1 }.map(\.0)
        } catch {
            throw JobQueueError.storage(error.description)
        }
    }

    /// Puts the jobs of such workers back, or ends them, see ``JobRetry``.
    static func takeOver(from workers: [String], at now: Double, _ database: Database) throws {
        for worker in workers {
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM job WHERE state = 'running' AND worker_key = ?", arguments: [worker])
            for row in rows {
                do {
                    try giveUp(JobRowReader(SQLiteJobRow(row: row)), at: now, database)
                } catch let error as JobQueueError {
                    // It would keep all others from being taken.
                    try bury(row["number"], as: error, at: now, database)
                }
            }
        }
    }

    /// Ends the attempt of a job whose worker was lost.
    static func giveUp(_ row: JobRowReader<SQLiteJobRow>, at now: Double, _ database: Database) throws {
        let (record, number) = (try row.record(), try row.integer("number"))
        let next = JobRetry.nextAfterLoss(
            hasWritten: record.hasWritten, attempt: record.attempts, mostAttempts: record.mostAttempts,
            isCancelling: record.isCancelling)
        let error = JobRetry.loss(of: record.worker ?? "?", hasWritten: record.hasWritten)
        try insert(
            "job_attempt",
            [
                "job": number, "fence": record.fence, "attempt": record.attempts, "worker": record.worker ?? "?",
                "started_at": record.startedAt ?? now, "error": error, "output": "", "log": "",
            ], database)
        let (state, endedAt): (JobState, Double?) =
            switch next {
            case .again: (.waiting, nil)
            case .ended(let state): (state, now)
            }
        // Its former worker has the fence as it was.
        try database.execute(
            sql: """
                UPDATE job SET state = ?, fence = fence + 1, ended_at = ?, not_before = ?, changed_at = ?, error = ?,
                    exit_code = NULL, worker_key = NULL, is_cancelling = 0
                WHERE number = ?
                """,
            arguments: [
                state.rawValue, endedAt, endedAt == nil ? now : record.notBefore, now, error, number,
            ])
        try trimAttempts(of: number, database)
    }

    static func claim(
        _ wish: JobWish, as worker: WorkerIdentity, at now: Double, _ database: Database
    ) throws -> [ClaimedJob] {
        let take = try database.cachedStatement(
            sql: """
                UPDATE job SET state = 'running', fence = fence + 1, attempts = attempts + 1, worker = ?, worker_key = ?,
                    started_at = ?, changed_at = ?, ended_at = NULL, exit_code = NULL, has_written = 0,
                    is_cancelling = 0
                WHERE number = ?
                """)
        let read = try database.cachedStatement(
            sql: "SELECT * FROM job LEFT JOIN job_script ON hash = script_hash WHERE number = ?")
        var claimed: [ClaimedJob] = []
        for number in try candidates(for: wish, at: now, database) {
            try take.execute(arguments: [worker.description, worker.key, now, now, number])
            guard let row = try Row.fetchOne(read, arguments: [number]) else { continue }
            let reader = JobRowReader(SQLiteJobRow(row: row))
            do {
                claimed.append(
                    ClaimedJob(
                        claim: try reader.claim(), request: try reader.request(try reader.script()),
                        attempt: try reader.count("attempts")))
            } catch let error {
                // It would keep all others from being taken.
                try bury(number, as: error, at: now, database)
            }
        }
        return claimed
    }

    /// Makes a job that cannot be read a dead letter.
    private static func bury(_ number: Int64, as error: JobQueueError, at now: Double, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE job SET state = 'dead', fence = fence + 1, error = ?, ended_at = ?, changed_at = ?, worker_key = NULL
                WHERE number = ?
                """, arguments: [error.description, now, now, number])
    }

    /// The job's row, where the claim holds.
    static func held(_ claim: JobClaim, _ database: Database) throws -> JobRowReader<SQLiteJobRow>? {
        let statement = try database.cachedStatement(
            sql: """
                SELECT id, attempts, most_attempts, worker, started_at, is_cancelling FROM job
                WHERE number = ? AND id = ? AND fence = ? AND state = 'running'
                """)
        return try Row.fetchOne(statement, arguments: [claim.number, claim.id.text, claim.fence])
            .map { JobRowReader(SQLiteJobRow(row: $0)) }
    }
}
