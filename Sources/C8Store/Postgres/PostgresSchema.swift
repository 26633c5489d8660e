import C8Postgres

/// The tables, by version, in a schema of their own named `c8run`. A version that has been released is never changed.
package enum PostgresSchema {
    /// The version that this program writes.
    package static var newest: Int { versions.count }

    /// One migration at a time, over all machines. Any number will do, but the same one for ever.
    private static let lock: Int64 = 0xC8_52_55_4E

    /// The version of the tables; 0 where there are none.
    static func version(_ session: PostgresSession) throws -> Int {
        // Looked up in the tables themselves: what the server remembers of names may be from before a lock was waited for.
        let found = try session.execute(
            """
            SELECT EXISTS (
                SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
                WHERE nspname = 'c8run' AND relname = 'schema_version') AS found
            """
        ).first
        guard found?.boolean("found") == true else { return 0 }
        let row = try session.execute("SELECT coalesce(max(version), 0) AS version FROM c8run.schema_version").first
        return row?.integer("version").flatMap { Int($0) } ?? 0
    }

    /// - Throws: ``PostgresError`` for tables that are older or newer.
    static func check(_ version: Int, _ place: String) throws(PostgresError) {
        if version > newest {
            throw PostgresError(
                .newerSchema, at: place, "its tables are of version \(version), and this c8run knows \(newest)")
        }
        if version < newest {
            throw PostgresError(
                .olderSchema, at: place, "its tables are of version \(version), and this c8run needs \(newest)")
        }
    }

    /// Brings the tables to the newest version, or to an older one for tests, all at once or not at all.
    static func migrate(_ session: PostgresSession, to target: Int = newest) throws -> (from: Int, to: Int) {
        try session.transaction {
            // Ends with the transaction, and so holds behind a pooler, too.
            try session.execute("SELECT pg_advisory_xact_lock($1::bigint)", [lock])
            let version = try version(session)
            if version > newest { try check(version, session.place) }
            if version == 0 { try makeSchema(session) }
            for number in version..<max(version, target) {
                for statement in versions[number] { try session.execute(statement) }
                try session.execute("INSERT INTO c8run.schema_version (version) VALUES ($1::integer)", [number + 1])
            }
            return (version, max(version, target))
        }
    }

    private static func makeSchema(_ session: PostgresSession) throws {
        let found = try session.execute("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'c8run') AS found")
            .first
        // Who may use it need not have the right to make another.
        if found?.boolean("found") != true { try session.execute("CREATE SCHEMA c8run") }
        try session.execute(
            """
            CREATE TABLE c8run.schema_version (
                version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
                applied_by text NOT NULL DEFAULT current_user)
            """)
    }

    private static let versions: [[String]] = [
        [
            // Moments as in the file (see StateSchema), and by the server's clock, which all machines share.
            """
            CREATE TABLE c8run.token (
                key text PRIMARY KEY, version bigint NOT NULL, generation bigint NOT NULL, reservation text NOT NULL,
                value text, value_generation bigint, ttl float8,
                fetched_at float8, fetched_boot_id text, fetched_uptime float8, fetched_platform float8,
                fetched_machine text, fetched_server timestamptz,
                fetch_after float8 NOT NULL, fetch_after_boot_id text, fetch_after_uptime float8,
                fetch_after_platform float8, fetch_after_machine text NOT NULL,
                fetch_after_server timestamptz NOT NULL,
                refusal_code bigint, refusal_fingerprint text, holder text)
            """,
            """
            CREATE TABLE c8run.flow (
                number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE,
                script text NOT NULL, script_hash text NOT NULL, input text, state text NOT NULL, result text, error text,
                fence bigint NOT NULL, owner_host text NOT NULL, owner_process integer NOT NULL,
                claimed_at float8 NOT NULL, created_at float8 NOT NULL, updated_at float8 NOT NULL, ended_at float8,
                claim text, lease_until timestamptz, revision bigint NOT NULL)
            """,
            """
            CREATE TABLE c8run.step (
                number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                flow bigint NOT NULL REFERENCES c8run.flow (number) ON DELETE CASCADE, key text NOT NULL,
                parent text NOT NULL, position bigint, state text NOT NULL, writes bigint NOT NULL,
                attempt bigint NOT NULL, last_operation text, error text, trace_id text, started_at float8 NOT NULL,
                ended_at float8, wake_at float8, resolved text, resolved_by text, resolved_at float8, result text,
                written_at float8, UNIQUE (flow, key))
            """,
            """
            CREATE TABLE c8run.call (
                number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                flow bigint NOT NULL REFERENCES c8run.flow (number) ON DELETE CASCADE, key text NOT NULL,
                operation text NOT NULL, outcome text NOT NULL, code bigint, trace_id text, at float8 NOT NULL)
            """,
            "CREATE INDEX call_step ON c8run.call (flow, key)",
            """
            CREATE TABLE c8run.upload (
                flow bigint NOT NULL REFERENCES c8run.flow (number) ON DELETE CASCADE, key text NOT NULL,
                checkpoint text NOT NULL, PRIMARY KEY (flow, key))
            """,
            writeEntry,
        ],
        queueTables,
        queueIndex,
    ]
}
