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
            try database.run(
                """
                INSERT INTO upload (flow, key, checkpoint) VALUES (?1, ?2, ?3)
                ON CONFLICT (flow, key) DO UPDATE SET checkpoint = ?3
                """, .integer(claim.number), .text(key), .text(checkpoint))
        }
        if isLight { try await keepLightly(body) } else { try await keep(body) }
    }
}
