package import C8Client
import GRDB

/// Tokens shared by all processes that use the same folder.
package final class SQLiteTokenStore: TokenStore {
    private let state: StateStore

    package init(_ state: StateStore) {
        self.state = state
    }

    package func read(_ key: TokenKey) async throws -> TokenRecord? {
        try await state.readAtOnce { database in
            let row = try Row.fetchOne(database, sql: "SELECT * FROM token WHERE key = ?", arguments: [key.text])
            return row.flatMap(Self.record)
        }
    }

    package func reserve(
        _ key: TokenKey, seen: TokenRecord?, until: Moment, holder: String
    ) async throws -> Int64? {
        try await state.write { database in
            let row = try Row.fetchOne(database, sql: "SELECT * FROM token WHERE key = ?", arguments: [key.text])
            // The transaction holds the only right to write, so of two processes one finds the slot taken.
            let found = row.flatMap(Self.record)
            guard found?.generation == seen?.generation, found?.fetchAfter == seen?.fetchAfter else { return nil }
            return try Int64.fetchOne(
                database,
                sql: """
                    INSERT INTO token (
                        key, generation, fetch_after, fetch_after_boot_id, fetch_after_uptime, fetch_after_platform,
                        holder)
                    VALUES (:key, 1, :until, :boot, :uptime, :platform, :holder)
                    ON CONFLICT (key) DO UPDATE SET
                        generation = generation + 1, fetch_after = :until, fetch_after_boot_id = :boot,
                        fetch_after_uptime = :uptime, fetch_after_platform = :platform, holder = :holder
                    RETURNING generation
                    """,
                arguments: [
                    "key": key.text, "until": until.wall, "boot": until.uptime?.bootID,
                    "uptime": until.uptime?.seconds, "platform": until.platform, "holder": holder,
                ])
        }
    }

    package func publish(
        _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Moment, refusal: TokenRecord.Refusal?
    ) async throws {
        // The reservation is there: what it has brought should not be lost for want of a few pages.
        try await state.write(usingReserve: true) { database in
            try database.execute(
                sql: """
                    UPDATE token SET
                        fetch_after = :after, fetch_after_boot_id = :boot, fetch_after_uptime = :uptime,
                        fetch_after_platform = :platform, refusal_code = :code, refusal_fingerprint = :fingerprint
                    WHERE key = :key AND generation = :fence
                    """,
                arguments: [
                    "key": key.text, "fence": fence, "after": fetchAfter.wall, "boot": fetchAfter.uptime?.bootID,
                    "uptime": fetchAfter.uptime?.seconds, "platform": fetchAfter.platform, "code": refusal?.code,
                    "fingerprint": refusal?.fingerprint,
                ])
            guard let token, database.changesCount > 0 else { return }
            try database.execute(
                sql: """
                    UPDATE token SET
                        value = :value, value_generation = :generation, fetched_at = :fetched, fetched_boot_id = :boot,
                        fetched_uptime = :uptime, fetched_platform = :platform, ttl = :ttl
                    WHERE key = :key AND generation = :fence
                    """,
                arguments: [
                    "key": key.text, "fence": fence, "generation": token.generation,
                    "value": token.value.revealForStore(), "fetched": token.fetched.wall,
                    "boot": token.fetched.uptime?.bootID, "uptime": token.fetched.uptime?.seconds,
                    "platform": token.fetched.platform, "ttl": token.ttl,
                ])
        }
    }

    package func clear(_ key: TokenKey) async throws {
        try await state.write(usingReserve: true) { database in
            try database.execute(sql: "UPDATE token SET value = NULL WHERE key = ?", arguments: [key.text])
        }
    }

    /// A row whose values are not what they should be is no record: the file may be damaged, and a token can be fetched.
    private static func record(_ row: Row) -> TokenRecord? {
        guard let generation = Int64.fromDatabaseValue(row["generation"]), let after = number(row["fetch_after"]) else {
            return nil
        }
        var record = TokenRecord(
            generation: generation,
            fetchAfter: moment(
                after, row["fetch_after_boot_id"], row["fetch_after_uptime"], row["fetch_after_platform"]),
            holder: text(row["holder"]))
        if let value = String.fromDatabaseValue(row["value"]), let fetchedAt = number(row["fetched_at"]),
            let ttl = number(row["ttl"]), let valueGeneration = Int64.fromDatabaseValue(row["value_generation"])
        {
            record.token = Token(
                value: Secret(value), generation: valueGeneration,
                fetched: moment(
                    fetchedAt, row["fetched_boot_id"], row["fetched_uptime"], row["fetched_platform"]),
                ttl: ttl)
        }
        if let code = Int64.fromDatabaseValue(row["refusal_code"]),
            let fingerprint = String.fromDatabaseValue(row["refusal_fingerprint"])
        {
            record.refusal = TokenRecord.Refusal(code: code, fingerprint: fingerprint)
        }
        return record
    }

    /// The columns are nil also where an older schema lacks them, as a read-only state may have it.
    private static func moment(
        _ wall: Double, _ bootID: DatabaseValue?, _ uptime: DatabaseValue?, _ platform: DatabaseValue?
    ) -> Moment {
        var moment = Moment(wall: wall, platform: platform.flatMap(number))
        if let bootID = text(bootID), let seconds = uptime.flatMap(number) {
            moment.uptime = Moment.Uptime(bootID: bootID, seconds: seconds)
        }
        return moment
    }

    private static func text(_ value: DatabaseValue?) -> String? { value.flatMap { String.fromDatabaseValue($0) } }

    /// Seconds, within what a clock can show.
    private static func number(_ value: DatabaseValue) -> Double? {
        guard let number = Double.fromDatabaseValue(value), number.isFinite, abs(number) < 1e12 else { return nil }
        return number
    }
}
