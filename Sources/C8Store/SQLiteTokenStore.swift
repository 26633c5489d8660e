package import C8Client
import GRDB

/// Tokens shared by all processes that use the same folder.
package final class SQLiteTokenStore: TokenStore {
    private let state: StateStore

    package init(_ state: StateStore) {
        self.state = state
    }

    package func read(_ key: TokenKey) async throws -> TokenRecord? {
        try await state.database.read { database in
            let row = try Row.fetchOne(database, sql: "SELECT * FROM token WHERE key = ?", arguments: [key.text])
            return row.flatMap(Self.record)
        }
    }

    package func reserve(_ key: TokenKey, now: Double, until: Double, latest: Double) async throws -> Int64? {
        // One statement, so that of two processes one finds the slot taken.
        try await state.database.write { database in
            try Int64.fetchOne(
                database,
                sql: """
                    INSERT INTO token (key, generation, fetch_after) VALUES (:key, 1, :until)
                    ON CONFLICT (key) DO UPDATE SET generation = generation + 1, fetch_after = :until
                    WHERE fetch_after <= :now OR fetch_after > :latest
                    RETURNING generation
                    """, arguments: ["key": key.text, "until": until, "now": now, "latest": latest])
        }
    }

    package func publish(
        _ key: TokenKey, fence: Int64, token: Token?, fetchAfter: Double, refusal: TokenRecord.Refusal?
    ) async throws {
        try await state.database.write { database in
            try database.execute(
                sql: """
                    UPDATE token SET fetch_after = :after, refusal_code = :code, refusal_fingerprint = :fingerprint
                    WHERE key = :key AND generation = :fence
                    """,
                arguments: [
                    "key": key.text, "fence": fence, "after": fetchAfter, "code": refusal?.code,
                    "fingerprint": refusal?.fingerprint,
                ])
            guard let token, database.changesCount > 0 else { return }
            try database.execute(
                sql: """
                    UPDATE token SET value = :value, value_generation = :fence, fetched_at = :fetched, ttl = :ttl
                    WHERE key = :key AND generation = :fence
                    """,
                arguments: [
                    "key": key.text, "fence": fence, "value": token.value.revealForStore(), "fetched": token.fetchedAt,
                    "ttl": token.ttl,
                ])
        }
    }

    package func clear(_ key: TokenKey) async throws {
        try await state.database.write { database in
            try database.execute(sql: "UPDATE token SET value = NULL WHERE key = ?", arguments: [key.text])
        }
    }

    /// A row whose values are not what they should be is no record: the file may be damaged, and a token can be fetched.
    private static func record(_ row: Row) -> TokenRecord? {
        guard let generation = Int64.fromDatabaseValue(row["generation"]), let after = number(row["fetch_after"]) else {
            return nil
        }
        var record = TokenRecord(generation: generation, fetchAfter: after)
        if let value = String.fromDatabaseValue(row["value"]), let fetchedAt = number(row["fetched_at"]),
            let ttl = number(row["ttl"]), let valueGeneration = Int64.fromDatabaseValue(row["value_generation"])
        {
            record.token = Token(value: Secret(value), generation: valueGeneration, fetchedAt: fetchedAt, ttl: ttl)
        }
        if let code = Int64.fromDatabaseValue(row["refusal_code"]),
            let fingerprint = String.fromDatabaseValue(row["refusal_fingerprint"])
        {
            record.refusal = TokenRecord.Refusal(code: code, fingerprint: fingerprint)
        }
        return record
    }

    /// Seconds, within what a clock can show.
    private static func number(_ value: DatabaseValue) -> Double? {
        guard let number = Double.fromDatabaseValue(value), number.isFinite, abs(number) < 1e12 else { return nil }
        return number
    }
}
