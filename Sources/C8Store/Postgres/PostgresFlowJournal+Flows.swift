import C8Flow
import C8Postgres

extension PostgresFlowJournal {
    /// What ``record(_:)`` reads, and whether somebody has the flow: seconds that are left to its owner.
    static let columns = """
        flow.*, CASE WHEN flow.lease_until > clock_timestamp()
            THEN extract(epoch FROM flow.lease_until - clock_timestamp())::float8 END AS lease_left
        """

    static func record(
        _ id: FlowID, _ session: PostgresSession, locking: Bool = false
    ) throws -> (number: Int64, record: FlowRecord, lease: Double?)? {
        let row = try session.execute(
            "SELECT \(columns) FROM c8run.flow AS flow WHERE id = $1" + (locking ? " FOR UPDATE" : ""), [id.text]
        ).first
        return try row.map(record)
    }

    /// - Parameter name: of the claim: who has it under that name has it already.
    static func claim(
        _ request: FlowRequest, _ name: String, lease: Double, at now: Double, _ session: PostgresSession
    ) throws -> FlowOpening {
        let row = try session.execute(
            """
            INSERT INTO c8run.flow AS flow (id, script, script_hash, input, state, fence, owner_host, owner_process,
                claimed_at, created_at, updated_at, claim, lease_until, revision)
            VALUES ($1, $2, $3, $4, 'running', 1, $5, $6::integer, $7::float8, $7::float8, $7::float8, $8,
                clock_timestamp() + make_interval(secs => $9::float8), 0)
            ON CONFLICT (id) DO UPDATE SET script = EXCLUDED.script, script_hash = EXCLUDED.script_hash,
                state = 'running', error = NULL, ended_at = NULL, fence = flow.fence + 1,
                owner_host = EXCLUDED.owner_host, owner_process = EXCLUDED.owner_process,
                -- What was said of its steps lies before the claim, whatever clocks say.
                claimed_at = greatest(EXCLUDED.claimed_at,
                    (SELECT max(step.resolved_at) FROM c8run.step AS step WHERE step.flow = flow.number)),
                updated_at = EXCLUDED.updated_at, claim = EXCLUDED.claim,
                lease_until = EXCLUDED.lease_until, revision = 0
            WHERE flow.result IS NULL AND flow.input IS NOT DISTINCT FROM EXCLUDED.input
                AND (flow.lease_until IS NULL OR flow.lease_until <= clock_timestamp() OR flow.claim = EXCLUDED.claim)
            RETURNING number, fence
            """,
            [
                request.id.text, request.script, request.scriptHash, request.input, request.owner.host,
                request.owner.process, now, name, lease,
            ]
        ).first
        if let row, let number = row.integer("number"), let fence = row.integer("fence") {
            let claim = FlowClaim(id: request.id, number: number, fence: fence)
            return .claimed(claim, steps: try steps(of: number, id: request.id, session))
        }
        guard let (_, found, _) = try record(request.id, session) else {
            // It was forgotten between the two statements.
            throw FlowJournalError.held(request.id, by: nil, since: nil)
        }
        guard request.hasInput(found.input) else { throw FlowJournalError.otherInput(request.id, found.state) }
        if let result = found.result { return .finished(result: result) }
        throw FlowJournalError.held(request.id, by: found.owner, since: found.claimedAt)
    }

    static func record(_ row: PostgresRow) throws -> (number: Int64, record: FlowRecord, lease: Double?) {
        let reader = PostgresRowReader(row: row, flow: row.text("id") ?? "?", step: nil)
        let request = FlowRequest(
            id: try reader.name("id", FlowID.init), script: try reader.text("script"),
            scriptHash: try reader.text("script_hash"), input: row.text("input"),
            owner: FlowOwner(
                host: try reader.text("owner_host"),
                process: Int32(truncatingIfNeeded: try reader.integer("owner_process"))))
        var record = FlowRecord(request, fence: try reader.integer("fence"), at: try reader.number("created_at"))
        record.state = try reader.choice("state")
        record.result = row.text("result")
        guard (record.result != nil) == (record.state == .finished) else { throw reader.damaged("result") }
        record.error = row.text("error")
        record.claimedAt = try reader.number("claimed_at")
        record.updatedAt = try reader.number("updated_at")
        record.endedAt = row.number("ended_at")
        return (try reader.integer("number"), record, row.number("lease_left"))
    }

    /// All steps of a flow, in the order in which they were begun.
    static func steps(of number: Int64, id: FlowID, _ session: PostgresSession) throws -> [FlowStep] {
        var steps = try session.execute(
            "SELECT * FROM c8run.step WHERE flow = $1::bigint ORDER BY number", [number]
        ).all.map { try step($0, flow: id) }
        guard !steps.isEmpty else { return steps }
        var calls: [String: [StepCall]] = [:]
        let rows = try session.execute("SELECT * FROM c8run.call WHERE flow = $1::bigint ORDER BY number", [number])
        for row in rows.all {
            let key = row.text("key") ?? "?"
            let reader = PostgresRowReader(row: row, flow: id.text, step: key)
            calls[key, default: []].append(
                StepCall(
                    operation: try reader.text("operation"), outcome: try reader.choice("outcome"),
                    code: row.integer("code"), traceID: row.text("trace_id"), at: try reader.number("at")))
        }
        if !calls.isEmpty {
            for index in steps.indices { steps[index].calls = calls[steps[index].key.text] ?? [] }
        }
        return steps
    }

    static func step(_ row: PostgresRow, flow id: FlowID) throws(FlowJournalError) -> FlowStep {
        let reader = PostgresRowReader(row: row, flow: id.text, step: row.text("key") ?? "?")
        var step = FlowStep(
            try reader.name("key", StepKey.init(text:)), position: row.integer("position").map { Int($0) },
            wakeAt: row.number("wake_at"), at: try reader.number("started_at"))
        step.state = try reader.choice("state")
        step.writes = Int(try reader.integer("writes"))
        step.attempt = Int(try reader.integer("attempt"))
        step.result = row.text("result")
        guard step.result != nil || step.state != .done else { throw reader.damaged("result") }
        step.lastOperation = row.text("last_operation")
        step.error = row.text("error")
        step.traceID = row.text("trace_id")
        step.endedAt = row.number("ended_at")
        if row.text("resolved") != nil {
            step.resolution = StepResolution(
                choice: try reader.choice("resolved"), operatorName: try reader.text("resolved_by"),
                at: try reader.number("resolved_at"))
        }
        return step
    }
}
