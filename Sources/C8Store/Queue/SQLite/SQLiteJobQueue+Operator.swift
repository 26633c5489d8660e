package import C8Queue
import GRDB

extension SQLiteJobQueue {
    package func list(_ filter: JobFilter) async throws -> [JobRecord] {
        try await read { database in
            let states = filter.states.map(\.rawValue).sorted()
            guard !states.isEmpty else { return [] }
            let marks = states.map { _ in "?" }.joined(separator: ", ")
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM job WHERE state IN (\(marks)) AND (? IS NULL OR tag = ?)
                    ORDER BY changed_at DESC, number DESC LIMIT ?
                    """, arguments: StatementArguments(states) + [filter.tag, filter.tag, filter.limit])
            return rows.compactMap { JobRowReader(SQLiteJobRow(row: $0)).listed() }
        }
    }

    package func counts() async throws -> [JobState: Int] {
        try await read { database in try Self.counts(database) }
    }

    static func counts(_ database: Database) throws -> [JobState: Int] {
        var counts: [JobState: Int] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT state, count(*) FROM job GROUP BY state") {
            guard let state = JobState(rawValue: row[0]) else { continue }
            counts[state] = row[1]
        }
        return counts
    }

    package func show(_ id: JobID) async throws -> JobReport? {
        try await read { database in
            guard let row = try Self.job(id, database) else { return nil }
            let record = try row.record()
            var report = JobReport(
                record: record, request: try row.request(try row.script()), result: row.row.text("result"))
            report.attempts = try Row.fetchAll(
                database, sql: "SELECT * FROM job_attempt WHERE job = ? ORDER BY fence",
                arguments: [try row.integer("number")]
            ).map { try JobRowReader(SQLiteJobRow(row: $0), of: id).attempt() }
            report.addRunningAttempt()
            return report
        }
    }

    package func cancel(_ id: JobID, at now: Double) async throws -> JobState {
        let locks = locks
        return try await keep { database in
            try database.execute(sql: "DELETE FROM job_schedule WHERE id = ?", arguments: [id.text])
            if database.changesCount > 0 { return .cancelled }
            guard let row = try Self.job(id, database) else { throw JobQueueError.unknownJob(id) }
            let state = try row.state()
            let number = try row.integer("number")
            guard !state.isFinal else { throw JobQueueError.notNow(id, state) }
            if state == .running {
                try database.execute(
                    sql: "UPDATE job SET is_cancelling = 1, changed_at = ? WHERE number = ?", arguments: [now, number])
                // Nobody would hear of it.
                try Self.takeOver(from: try Self.lostWorkers(locks, database), at: now, database)
                return try Self.job(id, database)?.state() ?? .cancelled
            }
            try database.execute(
                sql: "UPDATE job SET state = 'cancelled', ended_at = ?, changed_at = ? WHERE number = ?",
                arguments: [now, now, number])
            return .cancelled
        }
    }

    package func retry(_ id: JobID, evenIfWritten: Bool, at now: Double) async throws {
        try await keep { database in
            guard let row = try Self.job(id, database) else { throw JobQueueError.unknownJob(id) }
            let record = try row.record()
            guard record.state.isDeadLetter || record.state == .cancelled else {
                throw JobQueueError.notNow(id, record.state)
            }
            guard evenIfWritten || !record.hasWritten else { throw JobQueueError.mayWriteTwice(id) }
            try database.execute(
                sql: """
                    UPDATE job SET state = 'waiting', attempts = 0, not_before = ?, changed_at = ?, ended_at = NULL,
                        exit_code = NULL, error = NULL, result = NULL, has_written = 0, is_cancelling = 0
                    WHERE id = ?
                    """, arguments: [now, now, id.text])
        }
    }

    @discardableResult
    package func prune(endedBefore time: Double, states: Set<JobState>) async throws -> Int {
        let states = states.filter(\.isFinal).map(\.rawValue).sorted()
        guard !states.isEmpty else { return 0 }
        return try await keep { database in
            let marks = states.map { _ in "?" }.joined(separator: ", ")
            try database.execute(
                sql: "DELETE FROM job WHERE state IN (\(marks)) AND ended_at < ?",
                arguments: StatementArguments(states) + [time])
            let count = database.changesCount
            try Self.forgetScripts(database)
            return count
        }
    }

    /// Removes texts that neither a job nor a schedule has.
    static func forgetScripts(_ database: Database) throws {
        try database.execute(
            sql: """
                DELETE FROM job_script
                WHERE NOT EXISTS (SELECT 1 FROM job WHERE script_hash = hash)
                    AND NOT EXISTS (SELECT 1 FROM job_schedule WHERE script_hash = hash)
                """)
    }
}
