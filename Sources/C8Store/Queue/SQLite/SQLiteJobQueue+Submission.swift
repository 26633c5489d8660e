import C8Queue
import FoundationEssentials
import GRDB

extension SQLiteJobQueue {
    static func submit(_ request: JobRequest, at now: Double, _ database: Database) throws -> JobSubmission {
        if let row = try job(request.id, database) {
            guard try row.request(try row.script()).isSame(as: request) else {
                throw JobQueueError.otherJob(request.id)
            }
            return .present(try row.state())
        }
        guard try schedule(request.id, database) == nil else { throw JobQueueError.otherJob(request.id) }
        try add(request, of: nil, at: now, database)
        return .added
    }

    /// Adds a job, whose id nobody has.
    static func add(_ request: JobRequest, of schedule: JobID?, at now: Double, _ database: Database) throws {
        try keep(request.script, database)
        var values = columns(request)
        values["state"] = JobState.waiting.rawValue
        values["start_at"] = request.notBefore
        values["not_before"] = request.notBefore ?? now
        values["submitted_at"] = now
        values["changed_at"] = now
        values["schedule"] = schedule?.text
        try insert("job", values, database)
    }

    /// The columns that jobs and schedules have alike.
    static func columns(_ request: JobRequest) -> [String: (any DatabaseValueConvertible)?] {
        [
            "id": request.id.text, "script_name": request.script.name, "script_hash": request.script.hash,
            "arguments": request.argumentsText, "input": request.input, "terms": request.terms, "tag": request.tag,
            "priority": request.priority, "application": request.application, "profile": request.profile,
            "submitter": request.submitter, "most_attempts": request.mostAttempts,
        ]
    }

    static func insert(
        _ table: String, _ values: [String: (any DatabaseValueConvertible)?], _ database: Database
    ) throws {
        let names = values.keys.sorted()
        try database.cachedStatement(
            sql: """
                INSERT INTO \(table) (\(names.joined(separator: ", ")))
                VALUES (\(names.map { ":" + $0 }.joined(separator: ", ")))
                """
        ).execute(arguments: StatementArguments(values))
    }

    /// Once for all jobs that have the same.
    static func keep(_ script: JobScript, _ database: Database) throws {
        let isThere = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM job_script WHERE hash = ?)", arguments: [script.hash])
        guard isThere != true else { return }
        try database.execute(
            sql: "INSERT INTO job_script (hash, source, files) VALUES (?, ?, ?)",
            arguments: [script.hash, Data(script.source), Data(script.packedFiles)])
    }

    static func job(_ id: JobID, _ database: Database) throws -> JobRowReader<SQLiteJobRow>? {
        try Row.fetchOne(
            database,
            sql: "SELECT * FROM job LEFT JOIN job_script ON hash = script_hash WHERE id = ?", arguments: [id.text]
        ).map { JobRowReader(SQLiteJobRow(row: $0)) }
    }
}
