package import C8Flow
import GRDB

extension SQLiteFlowJournal {
    /// A step that wrote, and nobody knows whether it took place, as ``FlowStep/isOpen`` has it.
    private static let isOpen = "(step.state = 'doubt' OR (step.state = 'started' AND step.writes > 0))"

    package func list(_ filter: FlowFilter) async throws -> [FlowSummary] {
        var summaries = try await read { database in
            let states = filter.states.map(\.rawValue)
            let marks = databaseQuestionMarks(count: states.count)
            let open = "EXISTS (SELECT 1 FROM step WHERE step.flow = flow.number AND \(Self.isOpen))"
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT \(Self.columns) FROM flow WHERE state IN (\(marks)) AND (NOT ? OR \(open))
                    ORDER BY updated_at DESC, number DESC LIMIT ?
                    """, arguments: StatementArguments(states) + [filter.openOnly, max(0, filter.limit)]
            ).map { try Self.summary($0, database) }
        }
        let held = try locks.held(among: summaries.map(\.flow.id))
        for index in summaries.indices { summaries[index].isHeld = held.contains(summaries[index].flow.id) }
        return summaries
    }

    package func show(_ id: FlowID) async throws -> FlowReport? {
        let found = try await read { database in
            try Self.record(id, database).map { number, record in
                (record: record, steps: try Self.steps(of: number, id: id, database))
            }
        }
        guard let found else { return nil }
        return FlowReport(flow: found.record, steps: found.steps, isHeld: try !locks.held(among: [id]).isEmpty)
    }

    @discardableResult
    package func resolve(
        _ id: FlowID, _ key: StepKey, as settlement: StepSettlement, by operatorName: String, at now: Double
    ) async throws -> StepResolution? {
        if case .done(let result) = settlement { try FlowLimits.check(result, of: .result(of: key)) }
        return try await alone(id) { database in
            guard let (number, record) = try Self.record(id, database) else { throw FlowJournalError.unknownFlow(id) }
            guard var step = try Self.step(key, of: number, id: id, database) else {
                throw FlowJournalError.unknownStep(id, key)
            }
            let replaced = step.mayBeResolvedAgain(claimedAt: record.claimedAt) ? step.resolution : nil
            guard replaced != nil || step.isOpen else { throw FlowJournalError.notOpen(id, key, step.state) }
            let time = StepResolution.time(now, claimedAt: record.claimedAt)
            step.apply(settlement, by: operatorName, at: time)
            try database.execute(
                sql: """
                    UPDATE step SET state = ?, writes = ?, result = ?, ended_at = ?, resolved = ?, resolved_by = ?,
                        resolved_at = ?
                    WHERE flow = ? AND key = ?
                    """,
                arguments: [
                    step.state.rawValue, step.writes, step.result, step.endedAt, settlement.choice.rawValue,
                    operatorName, time, number, key.text,
                ])
            try database.execute(
                sql: "UPDATE flow SET fence = fence + 1, updated_at = ? WHERE number = ?", arguments: [now, number])
            return replaced
        }
    }

    package func forget(_ id: FlowID) async throws {
        // The id is all that is read: what is damaged can be removed too.
        try await alone(id) { database in
            try database.execute(sql: "DELETE FROM flow WHERE id = ?", arguments: [id.text])
            guard database.changesCount > 0 else { throw FlowJournalError.unknownFlow(id) }
        }
    }

    @discardableResult
    package func prune(finishedBefore time: Double) async throws -> Int {
        try await keep(usingReserve: true) { database in
            try database.execute(
                sql: "DELETE FROM flow WHERE state = ? AND ended_at < ?",
                arguments: [FlowState.finished.rawValue, time])
            return database.changesCount
        }
    }

    /// Changes a flow that nobody runs meanwhile.
    private func alone<Value: Sendable>(
        _ id: FlowID, _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        guard let lock = try locks.take(id) else { throw try await heldError(id) }
        let value = try await keep(usingReserve: true, body)
        withExtendedLifetime(lock) {}
        return value
    }

    private static func summary(_ row: Row, _ database: Database) throws -> FlowSummary {
        let (number, record) = try record(row)
        let counts = try Row.fetchOne(
            database,
            sql: """
                SELECT count(*) AS steps, count(*) FILTER (WHERE state = 'done') AS done,
                    count(*) FILTER (WHERE \(isOpen)) AS open
                FROM step WHERE flow = ?
                """, arguments: [number])
        return FlowSummary(
            flow: record, steps: counts?["steps"] ?? 0, done: counts?["done"] ?? 0, open: counts?["open"] ?? 0,
            isHeld: false)
    }
}
