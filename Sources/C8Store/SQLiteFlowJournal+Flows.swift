import C8Flow
import GRDB

extension SQLiteFlowJournal {
    /// What ``record(_:)`` reads.
    static let columns = "*, json_valid(input) AS input_is_json, json_valid(result) AS result_is_json"

    /// The flow's record, and the number that its steps have it by.
    static func record(_ id: FlowID, _ database: Database) throws -> (number: Int64, record: FlowRecord)? {
        try Row.fetchOne(database, sql: "SELECT \(columns) FROM flow WHERE id = ?", arguments: [id.text]).map(record)
    }

    /// The result, where the flow asked for has one.
    static func finished(_ request: FlowRequest, _ database: Database) throws -> String? {
        guard let record = try record(request.id, database)?.record else { return nil }
        guard request.hasInput(record.input) else { throw FlowJournalError.otherInput(request.id, record.state) }
        return record.result
    }

    /// Fails where the database has never had a flow although the lock file tells of some: it was replaced, because it was
    /// damaged or removed, and flows would do a second time what they have done.
    static func checkKept(_ path: String, _ database: Database) throws {
        // A row of AUTOINCREMENT's own, which stays when flows are removed.
        let hadFlows = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'flow')")
        guard hadFlows == true else {
            throw FlowJournalError.storage(
                "the state was replaced, and with it what is known of earlier flows; put the old one back, or find out "
                    + "what they have done and remove \(path)")
        }
    }

    static func claim(_ request: FlowRequest, at now: Double, _ database: Database) throws -> FlowOpening {
        guard let (number, found) = try record(request.id, database) else {
            let record = FlowRecord(request, fence: 1, at: now)
            try database.execute(
                sql: """
                    INSERT INTO flow (id, script, script_hash, input, state, fence, owner_host, owner_process, claimed_at,
                        created_at, updated_at)
                    VALUES (:id, :script, :hash, :input, :state, :fence, :host, :process, :now, :now, :now)
                    """,
                arguments: [
                    "id": record.id.text, "script": record.script, "hash": record.scriptHash, "input": record.input,
                    "state": record.state.rawValue, "fence": record.fence, "host": record.owner.host,
                    "process": record.owner.process, "now": now,
                ])
            let claim = FlowClaim(id: record.id, number: database.lastInsertedRowID, fence: record.fence)
            return .claimed(claim, steps: [])
        }
        // Again, since it may have ended after the first look.
        if let result = try finished(request, database) { return .finished(result: result) }
        var record = found
        let steps = try steps(of: number, id: record.id, database)
        record.claim(by: request, of: steps, at: now)
        try database.execute(
            sql: """
                UPDATE flow SET script = :script, script_hash = :hash, state = :state, error = NULL, ended_at = NULL,
                    fence = :fence, owner_host = :host, owner_process = :process, claimed_at = :claimed, updated_at = :now
                WHERE number = :number
                """,
            arguments: [
                "script": record.script, "hash": record.scriptHash, "state": record.state.rawValue,
                "fence": record.fence, "host": record.owner.host, "process": record.owner.process, "now": now,
                "claimed": record.claimedAt, "number": number,
            ])
        let claim = FlowClaim(id: record.id, number: number, fence: record.fence)
        return .claimed(claim, steps: steps)
    }

    /// The fence: fails where the claim holds no longer, and keeps the flow's time of change.
    static func touch(_ claim: FlowClaim, at now: Double, _ database: Database) throws {
        try database.run(
            "UPDATE flow SET updated_at = ?1 WHERE number = ?2 AND fence = ?3 AND state = ?4",
            .real(now), .integer(claim.number), .integer(claim.fence), .text(FlowState.running.rawValue))
        guard database.changesCount == 1 else { throw FlowJournalError.lostOwnership(claim.id) }
    }

    static func end(_ claim: FlowClaim, with end: FlowEnd, at now: Double, _ database: Database) throws {
        let (state, result, error): (FlowState, String?, String?) =
            switch end {
            case .finished(let result): (.finished, result, nil)
            case .failed(let error): (.failed, nil, error)
            }
        try database.execute(
            sql: "UPDATE flow SET state = ?, result = ?, error = ?, ended_at = ? WHERE number = ?",
            arguments: [state.rawValue, result, error, now, claim.number])
    }

    static func record(_ row: Row) throws -> (number: Int64, record: FlowRecord) {
        let reader = FlowRowReader(row: row, flow: String.fromDatabaseValue(row["id"]) ?? "?", step: nil)
        let id = try reader.name("id", FlowID.init)
        let request = FlowRequest(
            id: id, script: try reader.value("script"), scriptHash: try reader.value("script_hash"),
            input: try reader.json("input"),
            owner: FlowOwner(host: try reader.value("owner_host"), process: try reader.value("owner_process")))
        var record = FlowRecord(request, fence: try reader.value("fence"), at: try reader.value("created_at"))
        record.state = try reader.choice("state")
        record.result = try reader.json("result")
        guard (record.result != nil) == (record.state == .finished) else { throw reader.damaged("result") }
        record.error = try reader.optional("error")
        record.claimedAt = try reader.value("claimed_at")
        record.updatedAt = try reader.value("updated_at")
        record.endedAt = try reader.optional("ended_at")
        return (try reader.value("number"), record)
    }
}
