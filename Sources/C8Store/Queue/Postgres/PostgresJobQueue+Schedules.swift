import C8Postgres
package import C8Queue

extension PostgresJobQueue {
    private static let joined = """
        SELECT schedule.*, \(clock) AS now, encode(script.source, 'hex') AS source, encode(script.files, 'hex') AS files
        FROM c8run.job_schedule AS schedule LEFT JOIN c8run.job_script AS script ON script.hash = schedule.script_hash
        """

    package func schedules() async throws -> [JobSchedule] {
        try await perform { session, _ in
            try session.execute("\(Self.joined) ORDER BY id").all.map(Self.schedule)
        }
    }

    package func schedule(_ schedule: JobSchedule, at now: Double) async throws -> JobSubmission {
        try schedule.check()
        let id = schedule.request.id
        return try await perform { session, isRepeated in
            guard try Self.job(id, session) == nil else { throw JobQueueError.otherJob(id) }
            let old = try session.execute("\(Self.joined) WHERE id = $1", [id.text]).first.map(Self.schedule)
            if let old, old.isSame(as: schedule) { return isRepeated ? .added : .present(.waiting) }
            _ = try Self.withScript {
                try session.execute(
                    """
                    \(Self.keepingScript)
                    INSERT INTO c8run.job_schedule (\(Self.sharedNames), expression, zone, next_at)
                    VALUES (\(Self.sharedPlaces), $15, $16, $17::float8)
                    ON CONFLICT (id) DO UPDATE SET last_at = NULL, count = 0,
                        \(Self.replaced.map { "\($0) = EXCLUDED.\($0)" }.joined(separator: ", "))
                    """, Self.values(schedule.request) + [schedule.expression, schedule.zone, schedule.nextAt])
            }
            if old != nil { try Self.forgetScripts(session) }
            return .added
        }
    }

    private static let replaced =
        shared.dropFirst().map { String($0.split(separator: " ")[0]) } + ["expression", "zone", "next_at"]

    package func fire(
        at now: Double, next: @Sendable (JobSchedule, _ after: Double) -> Double?
    ) async throws -> [JobID] {
        let rows = try await perform { session, _ in
            try session.execute("\(Self.joined) WHERE schedule.next_at <= \(Self.clock) ORDER BY id").all
        }
        var fired: [JobID] = []
        for row in rows {
            // One that cannot be read does not keep the others from their time; a list of them tells.
            guard let schedule = try? Self.schedule(row), let time = row.number("now"),
                let firing = try schedule.firing(at: time, next: { next(schedule, $0) })
            else { continue }
            if try await fire(firing, of: schedule) { fired.append(firing.request.id) }
        }
        return fired
    }

    /// - Returns: whether this call has added the job; another machine may have been faster.
    private func fire(_ firing: JobFiring, of schedule: JobSchedule) async throws -> Bool {
        let copied = Self.shared.dropFirst().map { $0.split(separator: " ")[0] }.joined(separator: ", ")
        let name = "fired \(String(UInt64.random(in: .min ... .max), radix: 16))"
        return try await perform { session, isRepeated in
            let row = try session.execute(
                """
                WITH due AS (
                    UPDATE c8run.job_schedule SET next_at = $4::float8, last_at = $3::float8, count = count + 1
                    WHERE id = $1 AND next_at = $5::float8 RETURNING *)
                INSERT INTO c8run.job (id, \(copied), state, not_before, submitted_at, changed_at, schedule, claim)
                SELECT $2, \(copied), 'waiting', \(Self.clock), \(Self.clock), \(Self.clock), id, $6 FROM due
                ON CONFLICT (id) DO NOTHING RETURNING number
                """,
                [
                    schedule.request.id.text, firing.request.id.text, firing.moment, firing.nextAt, schedule.nextAt,
                    name,
                ]
            ).first
            if row != nil { return true }
            guard isRepeated else { return false }
            return try session.execute(
                "SELECT number FROM c8run.job WHERE id = $1 AND claim = $2", [firing.request.id.text, name]
            ).count > 0
        }
    }

    private static func schedule(_ row: PostgresRow) throws -> JobSchedule {
        try JobRowReader(PostgresJobRow(row: row)).schedule()
    }
}
