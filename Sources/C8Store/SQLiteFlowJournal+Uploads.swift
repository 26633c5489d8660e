package import C8Flow
import GRDB

extension SQLiteFlowJournal {
    package func checkpoint(_ key: String, under claim: FlowClaim) async throws -> String? {
        try await read { database in
            try String.fetchOne(
                database, sql: "SELECT checkpoint FROM upload WHERE flow = ? AND key = ?",
                arguments: [claim.number, key])
        }
    }

    package func keep(
        checkpoint: String, _ key: String, isLight: Bool, under claim: FlowClaim, at now: Double
    ) async throws {
        try checkHeld(claim)
        let body: @Sendable (Database) throws -> Void = { database in
            try Self.touch(claim, at: now, database)
            try database.cachedStatement(
                sql: """
                    INSERT INTO upload (flow, key, checkpoint) VALUES (:flow, :key, :checkpoint)
                    ON CONFLICT (flow, key) DO UPDATE SET checkpoint = :checkpoint
                    """
            ).execute(arguments: ["flow": claim.number, "key": key, "checkpoint": checkpoint])
        }
        if isLight { try await keepLightly(body) } else { try await keep(body) }
    }
}
