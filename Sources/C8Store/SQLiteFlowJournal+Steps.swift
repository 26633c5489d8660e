package import C8Flow
import GRDB

extension SQLiteFlowJournal {
    /// The step's row, changed as ``FlowStep/apply(_:)`` changes the value. The fence has been checked.
    static func write(_ entry: StepEntry, of key: StepKey, under claim: FlowClaim, _ database: Database) throws {
        var arguments: StatementArguments = ["flow": claim.number, "key": key.text]
        let sql: String
        switch entry {
        case .begin(let position, let attempt, let wakeAt, let at):
            sql = """
                INSERT INTO step (flow, key, parent, position, state, writes, attempt, started_at, wake_at)
                VALUES (:flow, :key, :parent, :position, 'started', 0, :attempt, :at, :wake)
                ON CONFLICT (flow, key) DO UPDATE SET position = :position, state = 'started', writes = 0,
                    attempt = :attempt, wake_at = :wake, ended_at = NULL
                """
            arguments += [
                "parent": key.scope.text, "position": position, "attempt": attempt, "at": at, "wake": wakeAt,
            ]
        case .writes(let change, let operation):
            sql = """
                UPDATE step SET writes = writes + :change, last_operation = coalesce(:operation, last_operation)
                WHERE flow = :flow AND key = :key
                """
            arguments += ["change": change, "operation": operation]
        case .answer(let call):
            sql = """
                INSERT INTO call (flow, key, operation, outcome, code, trace_id, at)
                VALUES (:flow, :key, :operation, :outcome, :code, :trace, :at)
                """
            arguments += [
                "operation": call.operation, "outcome": call.outcome.rawValue, "code": call.code,
                "trace": call.traceID, "at": call.at,
            ]
        case .end(let result, let at):
            sql = """
                UPDATE step SET state = 'done', result = :result, error = NULL, ended_at = :at
                WHERE flow = :flow AND key = :key
                """
            arguments += ["result": result, "at": at]
        case .doubt(let error, let operation, let traceID):
            sql = """
                UPDATE step SET state = 'doubt', error = :error, last_operation = coalesce(:operation, last_operation),
                    trace_id = coalesce(:trace, trace_id)
                WHERE flow = :flow AND key = :key
                """
            arguments += ["error": error, "operation": operation, "trace": traceID]
        case .failure(let error, let traceID):
            sql = """
                UPDATE step SET error = :error, trace_id = coalesce(:trace, trace_id)
                WHERE flow = :flow AND key = :key
                """
            arguments += ["error": error, "trace": traceID]
        }
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
        guard database.changesCount == 1 else { throw FlowJournalError.unknownStep(claim.id, key) }
        switch entry {
        case .begin(_, 2..., _, _), .end:
            // Of an attempt that is over for good, its calls tell nothing any more.
            try database.cachedStatement(sql: "DELETE FROM call WHERE flow = ? AND key = ?").execute(
                arguments: [claim.number, key.text])
        default: break
        }
    }

    static func noteWrite(of key: StepKey, under claim: FlowClaim, at now: Double, _ database: Database) throws {
        try database.cachedStatement(sql: "UPDATE step SET written_at = ? WHERE flow = ? AND key = ?").execute(
            arguments: [now, claim.number, key.text])
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
