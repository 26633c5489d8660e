package import C8Client
import C8Postgres
import Synchronization

/// Tokens shared by all machines that use the same database. The server's clock counts between machines; within one, the clock
/// that nobody sets.
package final class PostgresTokenStore: TokenStore {
    /// A record as it was read: what is compared is the number of its change.
    private struct Seen {
        var version: Int64
        var record: TokenRecord
    }

    /// So much earlier than the server's clock says may the slot be taken, in seconds: the interval has as much to spare
    /// (``TokenSlot/margin``), and messages take their time.
    private static let tolerance = 0.25

    private let state: PostgresState
    private let frame: MachineFrame
    private let seen = Mutex<[TokenKey: Seen]>([:])

    package init(_ state: PostgresState, clock: any ClientClock = SystemClock()) {
        self.state = state
        frame = MachineFrame(clock: clock)
    }

    package func read(_ key: TokenKey) async throws -> TokenRecord? {
        try await readRow(key)?.record
    }

    package func reserve(
        _ key: TokenKey, seen record: TokenRecord?, until: Moment, holder: String
    ) async throws -> Int64? {
        let version: Int64?
        if let record {
            func fits(_ seen: Seen?) -> Bool {
                seen?.record.generation == record.generation && seen?.record.fetchAfter == record.fetchAfter
            }
            var known = seen.withLock { $0[key] }
            if !fits(known) { known = try await readRow(key) }
            guard let known, fits(known) else { return nil }
            version = known.version
        } else {
            version = nil
        }
        // Tells this reservation from all others, where an answer is lost.
        let reservation = "\(holder) \(UInt64.random(in: .min ... .max))"
        return try await state.perform { [frame] session, isRepeated in
            if isRepeated {
                let mine = try session.execute(
                    "SELECT generation FROM c8run.token WHERE key = $1 AND reservation = $2", [key.text, reservation]
                ).first
                if let generation = mine?.integer("generation") { return generation }
            }
            let moment = frame.parameters(until)
            let row =
                if let version {
                    try session.execute(
                        """
                        UPDATE c8run.token SET
                            generation = generation + 1, version = version + 1, holder = $2, reservation = $3,
                            fetch_after = $4::float8, fetch_after_boot_id = $5, fetch_after_uptime = $6::float8,
                            fetch_after_platform = $7::float8, fetch_after_machine = $8,
                            fetch_after_server = clock_timestamp() + make_interval(secs => $9::float8)
                        WHERE key = $1 AND version = $10::bigint
                            AND fetch_after_server <= clock_timestamp() + make_interval(secs => $11::float8)
                        RETURNING generation
                        """, [key.text, holder, reservation] + moment + [version, Self.tolerance]
                    ).first
                } else {
                    try session.execute(
                        """
                        INSERT INTO c8run.token (
                            key, version, generation, holder, reservation, fetch_after, fetch_after_boot_id,
                            fetch_after_uptime, fetch_after_platform, fetch_after_machine, fetch_after_server)
                        VALUES ($1, 1, 1, $2, $3, $4::float8, $5, $6::float8, $7::float8, $8,
                            clock_timestamp() + make_interval(secs => $9::float8))
                        ON CONFLICT (key) DO NOTHING
                        RETURNING generation
                        """, [key.text, holder, reservation] + moment
                    ).first
                }
            return row?.integer("generation")
        }
    }

    package func publish(
        _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Moment, refusal: TokenRecord.Refusal?
    ) async throws {
        // Twice does no harm: whoever has reserved since has another fence.
        try await state.perform(within: .seconds(30)) { [frame] session, _ in
            let arguments: [(any PostgresParameter)?] =
                [key.text, fence] + frame.parameters(fetchAfter) + [refusal?.code, refusal?.fingerprint]
            let slot = """
                UPDATE c8run.token SET version = version + 1,
                    fetch_after = $3::float8, fetch_after_boot_id = $4, fetch_after_uptime = $5::float8,
                    fetch_after_platform = $6::float8, fetch_after_machine = $7,
                    fetch_after_server = clock_timestamp() + make_interval(secs => $8::float8),
                    refusal_code = $9::bigint, refusal_fingerprint = $10
                """
            guard let token else {
                try session.execute(slot + " WHERE key = $1 AND generation = $2::bigint", arguments)
                return
            }
            try session.execute(
                slot + """
                    , fetched_at = $11::float8, fetched_boot_id = $12, fetched_uptime = $13::float8,
                    fetched_platform = $14::float8, fetched_machine = $15,
                    fetched_server = clock_timestamp() + make_interval(secs => $16::float8),
                    value = $17, value_generation = $18::bigint, ttl = $19::float8
                    WHERE key = $1 AND generation = $2::bigint
                    """,
                arguments + frame.parameters(token.fetched)
                    + [token.value.revealForStore(), token.generation, token.ttl])
        }
    }

    package func clear(_ key: TokenKey) async throws {
        try await state.perform { session, _ in
            try session.execute(
                "UPDATE c8run.token SET value = NULL, version = version + 1 WHERE key = $1", [key.text])
            return
        }
    }

    private func readRow(_ key: TokenKey) async throws -> Seen? {
        let (row, before, after) = try await state.perform { [frame] session, _ in
            let before = frame.clock.moment()
            let row = try session.execute(
                """
                SELECT *, extract(epoch FROM fetch_after_server - clock_timestamp())::float8 AS fetch_after_left,
                    extract(epoch FROM clock_timestamp() - fetched_server)::float8 AS fetched_age
                FROM c8run.token WHERE key = $1
                """, [key.text]
            ).first
            return (row, before, frame.clock.moment())
        }
        guard let row, let version = row.integer("version") else { return nil }
        return seen.withLock { seen in
            // The same record is told in the same words each time: another machine's moments are translated once.
            if let known = seen[key], known.version == version { return known }
            guard var record = frame.record(row, before: before, after: after) else { return nil }
            if let old = seen[key]?.record.token, old.value == record.token?.value,
                old.generation == record.token?.generation
            {
                record.token = old
            }
            let found = Seen(version: version, record: record)
            seen[key] = found
            return found
        }
    }
}
