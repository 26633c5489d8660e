package import C8Flow
import C8Postgres

extension PostgresFlowJournal {
    /// One line of the journal, as the function `write_entry` of the database takes it.
    struct Line {
        var kind: String
        var key: String
        var text: String?
        var error: String?
        var operation: String?
        var trace: String?
        /// A position, a change or a code.
        var number: Int64?
        var attempt: Int?
        var at: Double?
        var wake: Double?
        var isLight = false
    }

    /// Checks the fence and writes: one journey and one commit. A function, since its statements are planned once for each
    /// connection of the server.
    ///
    /// - Throws: ``FlowJournalError/lostOwnership(_:)`` where the claim holds no longer.
    static func write(
        _ line: Line, under claim: FlowClaim, _ revision: Int64, lease: Double, at now: Double,
        _ session: PostgresSession
    ) throws {
        do {
            let row = try session.execute(
                """
                SELECT c8run.write_entry($1::bigint, $2::bigint, $3::bigint, $4::float8, $5::float8, $6::boolean, $7, $8,
                    $9, $10, $11, $12, $13::bigint, $14::bigint, $15::float8, $16::float8) AS is_mine
                """,
                [
                    claim.number, claim.fence, revision, now, lease, line.isLight, line.kind, line.key, line.text,
                    line.error, line.operation, line.trace, line.number, line.attempt, line.at, line.wake,
                ]
            ).first
            guard row?.boolean("is_mine") == true else { throw FlowJournalError.lostOwnership(claim.id) }
        } catch let error as PostgresError where error.code == PostgresSchema.unknownStep {
            throw FlowJournalError.unknownStep(claim.id, try StepKey(text: line.key))
        }
    }

    static func line(_ entry: StepEntry, of key: StepKey) -> Line {
        var line = Line(kind: "", key: key.text, isLight: entry.isLight)
        switch entry {
        case .begin(let position, let attempt, let wakeAt, let at):
            line.kind = "begin"
            line.text = key.scope.text
            line.number = position.map { Int64($0) }
            (line.attempt, line.at, line.wake) = (attempt, at, wakeAt)
        case .writes(let change, let operation):
            line.kind = "writes"
            (line.number, line.operation) = (Int64(change), operation)
        case .answer(let call):
            line.kind = "answer"
            (line.text, line.operation) = (call.outcome.rawValue, call.operation)
            (line.number, line.trace, line.at) = (call.code, call.traceID, call.at)
        case .end(let result, let at):
            line.kind = "end"
            (line.text, line.at) = (result, at)
        case .doubt(let error, let operation, let traceID):
            line.kind = "doubt"
            (line.error, line.operation, line.trace) = (error, operation, traceID)
        case .failure(let error, let traceID):
            line.kind = "failure"
            (line.error, line.trace) = (error, traceID)
        }
        return line
    }

    package func lastWrite(of key: StepKey, under claim: FlowClaim) async throws -> Double? {
        try await perform { session, _ in
            try session.execute(
                "SELECT written_at FROM c8run.step WHERE flow = $1::bigint AND key = $2", [claim.number, key.text]
            ).first?.number("written_at")
        }
    }

    package func checkpoint(_ key: String, under claim: FlowClaim) async throws -> String? {
        try await perform { session, _ in
            try session.execute(
                "SELECT checkpoint FROM c8run.upload WHERE flow = $1::bigint AND key = $2", [claim.number, key]
            ).first?.text("checkpoint")
        }
    }

    package func keep(
        checkpoint: String, _ key: String, isLight: Bool, under claim: FlowClaim, at now: Double
    ) async throws {
        try await change(claim, within: Self.longPatience) { [lease] session, revision in
            let line = Line(kind: "checkpoint", key: key, text: checkpoint, isLight: isLight)
            try Self.write(line, under: claim, revision, lease: lease, at: now, session)
        }
    }
}
