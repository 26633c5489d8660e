package import C8Queue
import GRDB

extension SQLiteJobQueue {
    private static let joined = "SELECT * FROM job_schedule LEFT JOIN job_script ON hash = script_hash"

    package func schedules() async throws -> [JobSchedule] {
        try await read { database in
            try Row.fetchAll(database, sql: "\(Self.joined) ORDER BY id").map(Self.schedule)
        }
    }

    static func schedule(_ id: JobID, _ database: Database) throws -> JobSchedule? {
        try Row.fetchOne(database, sql: "\(joined) WHERE id = ?", arguments: [id.text]).map(schedule)
    }

    static func schedules(dueAt now: Double, _ database: Database) throws -> [JobSchedule] {
        let rows = try Row.fetchAll(database, sql: "\(joined) WHERE next_at <= ? ORDER BY id", arguments: [now])
        // One that cannot be read does not keep the others from their time; a list of them tells.
        return rows.compactMap { try? schedule($0) }
    }

    /// Adds a schedule, or replaces the one of its id.
    static func put(_ new: JobSchedule, at now: Double, _ database: Database) throws -> JobSubmission {
        let id = new.request.id
        guard try job(id, database) == nil else { throw JobQueueError.otherJob(id) }
        if let old = try schedule(id, database), old.isSame(as: new) { return .present(.waiting) }
        try keep(new.request.script, database)
        try database.execute(sql: "DELETE FROM job_schedule WHERE id = ?", arguments: [id.text])
        var values = columns(new.request)
        values["expression"] = new.expression
        values["zone"] = new.zone
        values["next_at"] = new.nextAt
        try insert("job_schedule", values, database)
        try forgetScripts(database)
        return .added
    }

    /// - Returns: whether this call has added the job; another may have been faster.
    static func fire(
        _ firing: JobFiring, of schedule: JobSchedule, at now: Double, _ database: Database
    ) throws -> Bool {
        let id = schedule.request.id
        try database.execute(
            sql: "UPDATE job_schedule SET next_at = ?, last_at = ?, count = count + 1 WHERE id = ? AND next_at = ?",
            arguments: [firing.nextAt, firing.moment, id.text, schedule.nextAt])
        guard database.changesCount == 1, try job(firing.request.id, database) == nil else { return false }
        try add(firing.request, of: id, at: now, database)
        return true
    }

    private static func schedule(_ row: Row) throws -> JobSchedule {
        try JobRowReader(SQLiteJobRow(row: row)).schedule()
    }
}
