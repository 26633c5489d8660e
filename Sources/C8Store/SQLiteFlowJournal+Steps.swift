package import C8Flow
import GRDB

extension SQLiteFlowJournal {
    /// The step's row, changed as ``FlowStep/apply(_:)`` changes the value, under the fence.
    static func write(
        _ entry: StepEntry, of key: StepKey, under claim: FlowClaim, at now: Double, _ database: Database
    ) throws {
        try touch(claim, at: now, database)
        let (flow, text) = (StoredValue.integer(claim.number), StoredValue.text(key.text))
        switch entry {
        case .begin(let position, let attempt, let wakeAt, let at):
            try database.run(
                """
                INSERT INTO step (flow, key, parent, position, state, writes, attempt, started_at, wake_at)
                VALUES (?1, ?2, ?3, ?4, 'started', 0, ?5, ?6, ?7)
                ON CONFLICT (flow, key) DO UPDATE SET position = ?4, state = 'started', writes = 0, attempt = ?5,
                    wake_at = ?7, ended_at = NULL
                """,
                flow, text, .text(key.scope.text), .integer(position), .integer(attempt), .real(at), .real(wakeAt))
        case .writes(let change, let operation):
            try database.run(
                """
                UPDATE step SET writes = writes + ?3, last_operation = coalesce(?4, last_operation)
                WHERE flow = ?1 AND key = ?2
                """, flow, text, .integer(change), .text(operation))
        case .answer(let call):
            try database.run(
                """
                INSERT INTO call (flow, key, operation, outcome, code, trace_id, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                """,
                flow, text, .text(call.operation), .text(call.outcome.rawValue), .integer(call.code),
                .text(call.traceID), .real(call.at))
        case .end(let result, let at):
            try database.run(
                """
                UPDATE step SET state = 'done', result = ?3, error = NULL, ended_at = ?4 WHERE flow = ?1 AND key = ?2
                """, flow, text, .text(result), .real(at))
        case .doubt(let error, let operation, let traceID):
            try database.run(
                """
                UPDATE step SET state = 'doubt', error = ?3, last_operation = coalesce(?4, last_operation),
                    trace_id = coalesce(?5, trace_id)
                WHERE flow = ?1 AND key = ?2
                """, flow, text, .text(error), .text(operation), .text(traceID))
        case .failure(let error, let traceID):
            try database.run(
                "UPDATE step SET error = ?3, trace_id = coalesce(?4, trace_id) WHERE flow = ?1 AND key = ?2",
                flow, text, .text(error), .text(traceID))
        }
        guard database.changesCount == 1 else { throw FlowJournalError.unknownStep(claim.id, key) }
        switch entry {
        case .begin(_, 2..., _, _), .end:
            // Of an attempt that is over for good, its calls tell nothing any more.
            try database.run("DELETE FROM call WHERE flow = ?1 AND key = ?2", flow, text)
        case .writes(1..., _):
            try database.run(
                "UPDATE step SET written_at = ?3 WHERE flow = ?1 AND key = ?2", flow, text, .real(now))
        default: break
        }
    }

    package func lastWrite(of key: StepKey, under claim: FlowClaim) async throws -> Double? {
        try await read { database in
            try Double.fetchOne(
                database, sql: "SELECT written_at FROM step WHERE flow = ? AND key = ?",
                arguments: [claim.number, key.text])
        }
    }

    /// All steps of a flow, in the order in which they were begun.
    static func steps(of number: Int64, id: FlowID, _ database: Database) throws -> [FlowStep] {
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT *, json_valid(result) AS result_is_json FROM step WHERE flow = ? ORDER BY number",
            arguments: [number])
        var steps: [FlowStep] = []
        while let row = try rows.next() { steps.append(try step(row, flow: id)) }
        let calls = try calls(of: number, id: id, database)
        if !calls.isEmpty {
            for index in steps.indices { steps[index].calls = calls[steps[index].key.text] ?? [] }
        }
        return steps
    }

    /// The answered calls of a flow's steps, by the steps' keys.
    private static func calls(of number: Int64, id: FlowID, _ database: Database) throws -> [String: [StepCall]] {
        var calls: [String: [StepCall]] = [:]
        // A state of an earlier version, on a disk that cannot be written, is read as it is.
        guard try database.tableExists("call") else { return calls }
        let rows = try Row.fetchCursor(
            database, sql: "SELECT * FROM call WHERE flow = ? ORDER BY number", arguments: [number])
        while let row = try rows.next() {
            let key = String.fromDatabaseValue(row["key"]) ?? "?"
            let reader = FlowRowReader(row: row, flow: id.text, step: key)
            calls[key, default: []].append(
                StepCall(
                    operation: try reader.value("operation"), outcome: try reader.choice("outcome"),
                    code: try reader.optional("code"), traceID: try reader.optional("trace_id"),
                    at: try reader.value("at")))
        }
        return calls
    }

    /// One step of a flow; nil where there is none.
    static func step(_ key: StepKey, of number: Int64, id: FlowID, _ database: Database) throws -> FlowStep? {
        try Row.fetchOne(
            database,
            sql: "SELECT *, json_valid(result) AS result_is_json FROM step WHERE flow = ? AND key = ?",
            arguments: [number, key.text]
        ).map { try step($0, flow: id) }
    }

    private static func step(_ row: Row, flow id: FlowID) throws(FlowJournalError) -> FlowStep {
        let text = String.fromDatabaseValue(row["key"])
        let reader = FlowRowReader(row: row, flow: id.text, step: text ?? "?")
        var step = FlowStep(
            try reader.name("key", StepKey.init(text:)), position: try reader.optional("position"),
            wakeAt: try reader.optional("wake_at"), at: try reader.value("started_at"))
        step.state = try reader.choice("state")
        step.writes = try reader.value("writes")
        step.attempt = try reader.value("attempt")
        step.result = try reader.json("result")
        guard step.result != nil || step.state != .done else { throw reader.damaged("result") }
        step.lastOperation = try reader.optional("last_operation")
        step.error = try reader.optional("error")
        step.traceID = try reader.optional("trace_id")
        step.endedAt = try reader.optional("ended_at")
        if !(row["resolved"] as DatabaseValue).isNull {
            step.resolution = StepResolution(
                choice: try reader.choice("resolved"), operatorName: try reader.value("resolved_by"),
                at: try reader.value("resolved_at"))
        }
        return step
    }
}
