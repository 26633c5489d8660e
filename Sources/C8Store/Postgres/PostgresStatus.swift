import C8Postgres
package import C8Queue

/// What a database says of itself and of the state in it.
package struct PostgresStatus: Sendable, Equatable {
    /// Which server and database, without any password.
    package var place: String
    /// As the server writes it, such as `15.4`.
    package var server: String
    package var user: String
    /// Of the tables; 0 where there are none.
    package var version: Int
    /// How long a commit is waited for (`synchronous_commit`).
    package var commits: String
    package var flows: Int64?
    package var tokens: Int64?
    /// Queued scripts; nil where the tables are too old for them.
    package var jobs: [JobState: Int]?

    static func read(_ session: PostgresSession) throws -> PostgresStatus {
        let version = try PostgresSchema.version(session)
        let row = try session.execute(
            """
            SELECT current_setting('server_version') AS server, current_user AS name,
                current_setting('synchronous_commit') AS commits
            """
        ).first
        var status = PostgresStatus(
            place: session.place, server: row?.text("server") ?? "?", user: row?.text("name") ?? "?", version: version,
            commits: row?.text("commits") ?? "?")
        if version > 0, version <= PostgresSchema.newest {
            let counts = try session.execute(
                "SELECT (SELECT count(*) FROM c8run.flow) AS flows, (SELECT count(*) FROM c8run.token) AS tokens"
            ).first
            status.flows = counts?.integer("flows")
            status.tokens = counts?.integer("tokens")
            if version >= 2 { status.jobs = try PostgresJobQueue.counts(session) }
        }
        return status
    }
}
