import C8Postgres
package import C8Queue

extension PostgresJobQueue {
    /// A row refers to one that is not there.
    private static let missingReference = "23503"
    /// What jobs and schedules have alike, in the order of ``values(_:)``.
    static let shared = [
        "id text", "script_name text", "script_hash text", "arguments text", "input text", "terms text", "tag text",
        "priority integer", "application text", "profile text", "submitter text", "most_attempts integer",
    ]
    static let sharedNames = shared.map { $0.split(separator: " ")[0] }.joined(separator: ", ")
    /// `$1::text, …`
    static let sharedPlaces = shared.enumerated().map { "$\($0 + 1)::\($1.split(separator: " ")[1])" }
        .joined(separator: ", ")
    /// Keeps the script, once for all jobs that have the same; its text and its files are the two parameters after the shared
    /// ones.
    static let keepingScript = """
        WITH script AS (
            INSERT INTO c8run.job_script (hash, source, files)
            VALUES ($3, decode($\(shared.count + 1), 'hex'), decode($\(shared.count + 2), 'hex'))
            ON CONFLICT (hash) DO NOTHING)
        """

    static func values(_ request: JobRequest) -> [(any PostgresParameter)?] {
        [
            request.id.text, request.script.name, request.script.hash, request.argumentsText, request.input,
            request.terms,
            request.tag, request.priority, request.application, request.profile, request.submitter,
            request.mostAttempts,
            PostgresJobRow.digits(request.script.source), PostgresJobRow.digits(request.script.packedFiles),
        ]
    }

    package func submit(_ request: JobRequest, at now: Double) async throws -> JobSubmission {
        try JobLimits.check(request)
        // Where the answer is lost, the job is known again by this.
        let name = "submitted \(String(UInt64.random(in: .min ... .max), radix: 16))"
        return try await perform { session, _ in
            let row = try Self.withScript {
                try session.execute(
                    """
                    \(Self.keepingScript)
                    INSERT INTO c8run.job (\(Self.sharedNames), state, start_at, not_before, submitted_at, changed_at, claim)
                    SELECT \(Self.sharedPlaces), 'waiting', $15::float8, coalesce($15::float8, \(Self.clock)),
                        \(Self.clock), \(Self.clock), $16
                    WHERE NOT EXISTS (SELECT FROM c8run.job_schedule WHERE id = $1)
                    ON CONFLICT (id) DO NOTHING RETURNING number
                    """, Self.values(request) + [request.notBefore, name]
                ).first
            }
            if row != nil { return .added }
            guard let row = try Self.job(request.id, session) else { throw JobQueueError.otherJob(request.id) }
            if row.row.text("claim") == name { return .added }
            guard try row.request(try row.script()).isSame(as: request) else {
                throw JobQueueError.otherJob(request.id)
            }
            return .present(try row.state())
        }
    }

    /// Runs a statement that keeps a script again where somebody has removed it in between as one that nobody had any more.
    static func withScript<Value>(_ body: () throws -> Value) throws -> Value {
        var tries = 0
        while true {
            do {
                return try body()
            } catch let error as PostgresError where error.code == missingReference && tries < 3 {
                tries += 1
            }
        }
    }

    static func job(
        _ id: JobID, _ session: PostgresSession, locking: Bool = false
    ) throws -> JobRowReader<PostgresJobRow>? {
        try session.execute(
            """
            SELECT job.*, \(lease), encode(script.source, 'hex') AS source, encode(script.files, 'hex') AS files
            FROM c8run.job AS job LEFT JOIN c8run.job_script AS script ON script.hash = job.script_hash
            WHERE job.id = $1\(locking ? " FOR UPDATE OF job" : "")
            """, [id.text]
        ).first.map { JobRowReader(PostgresJobRow(row: $0)) }
    }

    /// Seconds that are left to the worker.
    static let lease = "CASE WHEN job.state = 'running' THEN greatest(0, job.lease_until - \(clock)) END AS lease_left"
}
