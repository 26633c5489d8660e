import C8Postgres
package import C8Queue

extension PostgresJobQueue {
    /// Jobs that are removed with one statement.
    private static let batch = 5000
    /// What a record needs; without the texts.
    private static let columns = """
        job.id, state, script_name, script_hash, tag, priority, application, profile, submitter, submitted_at, not_before,
        attempts, most_attempts, fence, worker, started_at, ended_at, has_written, is_cancelling, exit_code, error,
        schedule
        """

    package func list(_ filter: JobFilter) async throws -> [JobRecord] {
        guard !filter.states.isEmpty else { return [] }
        return try await perform { session, _ in
            try session.execute(Self.listing(filter.states), [filter.tag, max(0, filter.limit)])
                .all.compactMap { JobRowReader(PostgresJobRow(row: $0)).listed() }
        }
    }

    /// Of each state by itself, since an index has those that have ended in order. Takes a tag and a number of rows.
    static func listing(_ states: Set<JobState>) -> String {
        let parts = states.map(\.rawValue).sorted().map { state in
            """
            (SELECT \(columns), \(lease), changed_at, number FROM c8run.job AS job
            WHERE state = '\(state)' AND ($1::text IS NULL OR tag = $1)
            ORDER BY changed_at DESC, number DESC LIMIT $2::bigint)
            """
        }
        return """
            SELECT * FROM (\(parts.joined(separator: " UNION ALL "))) AS found
            ORDER BY changed_at DESC, number DESC LIMIT $2::bigint
            """
    }

    package func counts() async throws -> [JobState: Int] {
        try await perform { session, _ in try Self.counts(session) }
    }

    static func counts(_ session: PostgresSession) throws -> [JobState: Int] {
        var counts: [JobState: Int] = [:]
        for row in try session.execute(counting).all {
            guard let state = row.text("state").flatMap(JobState.init(rawValue:)) else { continue }
            counts[state] = row.integer("count").flatMap { $0 > 0 ? Int($0) : nil }
        }
        return counts
    }

    /// Of each state by itself, in an index that has little else.
    static let counting = JobState.allCases.map { state in
        "SELECT '\(state.rawValue)' AS state, count(*) FROM c8run.job WHERE state = '\(state.rawValue)'"
    }.joined(separator: " UNION ALL ")

    package func lag(at now: Double) async throws -> Double {
        try await perform { session, _ in
            let row = try session.execute(
                "SELECT max(\(Self.clock) - not_before) AS lag FROM c8run.job WHERE state = 'waiting'"
            ).first
            return max(0, row?.number("lag") ?? 0)
        }
    }

    package func show(_ id: JobID) async throws -> JobReport? {
        try await perform { session, _ in
            guard let row = try Self.job(id, session) else { return nil }
            var report = JobReport(
                record: try row.record(), request: try row.request(try row.script()), result: row.row.text("result"))
            let attempts = try session.execute(
                "SELECT * FROM c8run.job_attempt WHERE job = $1::bigint ORDER BY fence DESC LIMIT $2::integer",
                [try row.integer("number"), JobRetry.keptAttempts])
            report.attempts = try attempts.all.reversed().map {
                try JobRowReader(PostgresJobRow(row: $0), of: id).attempt()
            }
            report.addRunningAttempt()
            return report
        }
    }

    package func cancel(_ id: JobID, at now: Double) async throws -> JobState {
        try await perform { session, isRepeated in
            try session.transaction {
                let ended = try session.execute("DELETE FROM c8run.job_schedule WHERE id = $1 RETURNING id", [id.text])
                if ended.count > 0 { return .cancelled }
                guard let row = try Self.job(id, session, locking: true) else {
                    // A schedule that this call has ended.
                    if isRepeated { return .cancelled }
                    throw JobQueueError.unknownJob(id)
                }
                let state = try row.state()
                if state == .cancelled, isRepeated { return .cancelled }
                guard !state.isFinal else { throw JobQueueError.notNow(id, state) }
                if state == .running {
                    try session.execute(
                        "UPDATE c8run.job SET is_cancelling = true, changed_at = \(Self.clock) WHERE id = $1", [id.text]
                    )
                    // Nobody would hear of it.
                    if (row.row.number("lease_left") ?? 0) <= 0 { try session.execute("SELECT c8run.take_over_jobs()") }
                    return try Self.job(id, session)?.state() ?? .cancelled
                }
                try session.execute(
                    """
                    UPDATE c8run.job SET state = 'cancelled', ended_at = \(Self.clock), changed_at = \(Self.clock)
                    WHERE id = $1
                    """, [id.text])
                return .cancelled
            }
        }
    }

    package func retry(_ id: JobID, evenIfWritten: Bool, at now: Double) async throws {
        try await perform { session, isRepeated in
            let row = try session.execute(
                """
                UPDATE c8run.job SET state = 'waiting', attempts = 0, not_before = \(Self.clock),
                    changed_at = \(Self.clock), ended_at = NULL, exit_code = NULL, error = NULL, result = NULL,
                    has_written = false, is_cancelling = false
                WHERE id = $1 AND state IN ('failed', 'dead', 'cancelled') AND ($2::boolean OR NOT has_written)
                RETURNING number
                """, [id.text, evenIfWritten]
            ).first
            guard row == nil else { return }
            guard let record = try Self.job(id, session)?.record() else { throw JobQueueError.unknownJob(id) }
            if record.state.isFinal, record.state != .done { throw JobQueueError.mayWriteTwice(id) }
            guard isRepeated, record.state != .done else { throw JobQueueError.notNow(id, record.state) }
        }
    }

    @discardableResult
    package func prune(endedBefore time: Double, states: Set<JobState>) async throws -> Int {
        let states = PostgresArray(states.filter(\.isFinal).map(\.rawValue))
        var count = 0
        while true {
            let removed = try await perform(within: Self.longPatience) { session, _ in
                try session.execute(Self.pruning, [states, time]).count
            }
            count += removed
            if removed < Self.batch { break }
        }
        try await perform(within: Self.longPatience) { session, _ in try Self.forgetScripts(session) }
        return count
    }

    /// What has ended does not change any more: it is found by the time of that, which an index has.
    static let pruning = """
        DELETE FROM c8run.job WHERE number = ANY (ARRAY (
            SELECT number FROM c8run.job
            WHERE state = ANY ($1::text[]) AND changed_at < $2::float8 AND ended_at < $2::float8
            LIMIT \(batch) FOR UPDATE SKIP LOCKED)) RETURNING number
        """

    /// Removes texts that neither a job nor a schedule has. One that somebody begins to use meanwhile stays.
    static func forgetScripts(_ session: PostgresSession) throws {
        do {
            try session.execute(
                """
                DELETE FROM c8run.job_script AS script
                WHERE NOT EXISTS (SELECT FROM c8run.job WHERE script_hash = script.hash)
                    AND NOT EXISTS (SELECT FROM c8run.job_schedule WHERE script_hash = script.hash)
                """)
        } catch let error where error.code == "23503" {
            // The next one to tidy up finds the others.
        }
    }
}
