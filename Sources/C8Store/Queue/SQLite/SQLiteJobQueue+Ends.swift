import C8Queue
import GRDB

extension SQLiteJobQueue {
    /// - Returns: false where the claim held no longer.
    static func end(
        _ claim: JobClaim, with end: JobEnd, at now: Double, _ database: Database
    ) throws -> Bool {
        guard let row = try held(claim, database) else { return false }
        let attempt = try row.count("attempts")
        let next = JobRetry.next(
            after: end, attempt: attempt, mostAttempts: try row.count("most_attempts"),
            isCancelling: try row.flag("is_cancelling"))
        if end.isDrained, case .again = next {
            try putBack(claim, at: now, database)
            return true
        }
        try insert(
            "job_attempt",
            [
                "job": claim.number, "fence": claim.fence, "attempt": attempt, "worker": try row.text("worker"),
                "started_at": try row.number("started_at"), "ended_at": now, "exit_code": end.exitCode,
                "error": end.error.map(kept), "output": kept(end.output), "log": kept(end.log),
            ], database)
        let (state, endedAt, notBefore): (JobState, Double?, Double?) =
            switch next {
            case .again(let pause): (.waiting, nil, now + JobRetry.spread(pause, by: .random(in: 0...1)))
            case .ended(let state): (state, now, nil)
            }
        try database.cachedStatement(
            sql: """
                UPDATE job SET state = ?, ended_at = ?, not_before = coalesce(?, not_before), changed_at = ?, exit_code = ?,
                    error = ?, result = ?, has_written = ?, is_cancelling = 0, worker_key = NULL
                WHERE number = ?
                """
        ).execute(arguments: [
            state.rawValue, endedAt, notBefore, now, end.exitCode, end.error.map(kept), end.result, end.hasWritten,
            claim.number,
        ])
        try trimAttempts(of: claim.number, database)
        return true
    }

    /// As if the attempt had not been.
    private static func putBack(_ claim: JobClaim, at now: Double, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE job SET state = 'waiting', attempts = attempts - 1, not_before = ?, changed_at = ?, worker_key = NULL,
                    has_written = 0
                WHERE number = ?
                """, arguments: [now, now, claim.number])
    }

    static func trimAttempts(of number: Int64, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                DELETE FROM job_attempt WHERE job = ?1 AND fence NOT IN (
                    SELECT fence FROM job_attempt WHERE job = ?1 ORDER BY fence DESC LIMIT ?2)
                """
        ).execute(arguments: [number, JobRetry.keptAttempts])
    }

    /// SQLite's text ends at a zero.
    private static func kept(_ text: String) -> String {
        let text = JobLimits.kept(text)
        return text.utf8.contains(0) ? String(text.map { $0 == "\0" ? "\u{FFFD}" : $0 }) : text
    }
}
