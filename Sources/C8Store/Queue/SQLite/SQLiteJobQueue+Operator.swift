package import C8Queue
import GRDB

extension SQLiteJobQueue {
    /// The condition of the index of what has ended, in its own words: SQLite takes an index of a part for no others.
    private static let hasEnded = "state IN ('done', 'failed', 'dead', 'cancelled')"

    package func list(_ filter: JobFilter) async throws -> [JobRecord] {
        try await read { database in
            guard !filter.states.isEmpty else { return [] }
            let rows = try Row.fetchAll(
                database, sql: Self.listing(filter.states), arguments: ["tag": filter.tag, "limit": filter.limit])
            return rows.compactMap { JobRowReader(SQLiteJobRow(row: $0)).listed() }
        }
    }

    /// Of each state by itself, since an index has those that have ended in order.
    static func listing(_ states: Set<JobState>) -> String {
        let parts = states.sorted { $0.rawValue < $1.rawValue }.map { state in
            """
            SELECT * FROM (SELECT * FROM job WHERE \(condition(state)) AND (:tag IS NULL OR tag = :tag)
                ORDER BY changed_at DESC, number DESC LIMIT :limit)
            """
        }
        return "\(parts.joined(separator: " UNION ALL ")) ORDER BY changed_at DESC, number DESC LIMIT :limit"
    }

    private static func condition(_ state: JobState) -> String {
        "state = '\(state.rawValue)'" + (state.isFinal ? " AND \(hasEnded)" : "")
    }

    package func counts() async throws -> [JobState: Int] {
        try await read { database in try Self.counts(database) }
    }

    static func counts(_ database: Database) throws -> [JobState: Int] {
        var counts: [JobState: Int] = [:]
        for row in try Row.fetchAll(database, sql: counting) {
            guard let state = JobState(rawValue: row[0]), let count: Int = row[1], count > 0 else { continue }
            counts[state] = count
        }
        return counts
    }

    /// Of each state by itself, in an index that has little else.
    static let counting = JobState.allCases.map { state in
        "SELECT '\(state.rawValue)', count(*) FROM job WHERE \(condition(state))"
    }.joined(separator: " UNION ALL ")

    package func lag(at now: Double) async throws -> Double {
        try await read { database in
            let time = try Double.fetchOne(database, sql: "SELECT min(not_before) FROM job WHERE state = 'waiting'")
            return time.map { max(0, now - $0) } ?? 0
        }
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
        let states = states.filter(\.isFinal)
        guard !states.isEmpty else { return 0 }
        return try await keep { database in
            try database.execute(
                sql: Self.pruning(states), arguments: ["time": time])
            let count = database.changesCount
            try Self.forgetScripts(database)
            return count
        }
    }

    /// What has ended does not change any more: it is found by the time of that, which an index has.
    static func pruning(_ states: Set<JobState>) -> String {
        let parts = states.sorted { $0.rawValue < $1.rawValue }.map { state in
            "SELECT number FROM job WHERE \(condition(state)) AND changed_at < :time AND ended_at < :time"
        }
        return "DELETE FROM job WHERE number IN (\(parts.joined(separator: " UNION ALL ")))"
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
