package import C8Flow
import C8Postgres

extension PostgresFlowJournal {
    /// A step that wrote, and nobody knows whether it took place, as ``FlowStep/isOpen`` has it.
    private static let isOpen = "(step.state = 'doubt' OR (step.state = 'started' AND step.writes > 0))"

    package func list(_ filter: FlowFilter) async throws -> [FlowSummary] {
        try await perform { session, _ in
            let states = "{" + filter.states.map(\.rawValue).joined(separator: ",") + "}"
            return try session.execute(
                """
                SELECT \(Self.columns), counts.* FROM c8run.flow AS flow CROSS JOIN LATERAL (
                    SELECT count(*) AS steps, count(*) FILTER (WHERE state = 'done') AS done,
                        count(*) FILTER (WHERE \(Self.isOpen)) AS open
                    FROM c8run.step AS step WHERE step.flow = flow.number) AS counts
                WHERE flow.state = ANY ($1::text[]) AND (NOT $2::boolean OR counts.open > 0)
                ORDER BY flow.updated_at DESC, flow.number DESC LIMIT $3::bigint
                """, [states, filter.openOnly, max(0, filter.limit)]
            ).all.map { row in
                let (_, record, lease) = try Self.record(row)
                func count(_ column: String) -> Int { Int(row.integer(column) ?? 0) }
                return FlowSummary(
                    flow: record, steps: count("steps"), done: count("done"), open: count("open"),
                    isHeld: lease != nil, lease: lease)
            }
        }
    }

    package func show(_ id: FlowID) async throws -> FlowReport? {
        try await perform { session, _ in
            try Self.record(id, session).map { number, record, lease in
                FlowReport(
                    flow: record, steps: try Self.steps(of: number, id: id, session), isHeld: lease != nil,
                    lease: lease)
            }
        }
    }

    @discardableResult
    package func resolve(
        _ id: FlowID, _ key: StepKey, as settlement: StepSettlement, by operatorName: String, at now: Double
    ) async throws -> StepResolution? {
        if case .done(let result) = settlement { try FlowLimits.check(result, of: .result(of: key)) }
        return try await perform { session, _ in
            try session.transaction {
                guard let (number, record, lease) = try Self.record(id, session, locking: true) else {
                    throw FlowJournalError.unknownFlow(id)
                }
                if lease != nil { throw FlowJournalError.held(id, by: record.owner, since: record.claimedAt) }
                let row = try session.execute(
                    "SELECT * FROM c8run.step WHERE flow = $1::bigint AND key = $2", [number, key.text]
                ).first
                guard let row else { throw FlowJournalError.unknownStep(id, key) }
                var step = try Self.step(row, flow: id)
                let replaced = step.mayBeResolvedAgain(claimedAt: record.claimedAt) ? step.resolution : nil
                guard replaced != nil || step.isOpen else { throw FlowJournalError.notOpen(id, key, step.state) }
                let time = StepResolution.time(now, claimedAt: record.claimedAt)
                step.apply(settlement, by: operatorName, at: time)
                try session.execute(
                    """
                    UPDATE c8run.step SET state = $3, writes = $4::bigint, result = $5, ended_at = $6::float8,
                        resolved = $7, resolved_by = $8, resolved_at = $9::float8
                    WHERE flow = $1::bigint AND key = $2
                    """,
                    [
                        number, key.text, step.state.rawValue, step.writes, step.result, step.endedAt,
                        settlement.choice.rawValue, operatorName, time,
                    ])
                // Whoever ran it before may still think that it does.
                try session.execute(
                    """
                    UPDATE c8run.flow SET fence = fence + 1, updated_at = $2::float8, lease_until = NULL, claim = NULL
                    WHERE number = $1::bigint
                    """, [number, now])
                return replaced
            }
        }
    }

    package func forget(_ id: FlowID) async throws {
        try await perform { session, isRepeated in
            let gone = try session.execute(
                """
                DELETE FROM c8run.flow WHERE id = $1 AND (lease_until IS NULL OR lease_until <= clock_timestamp())
                RETURNING number
                """, [id.text])
            guard gone.count == 0, !isRepeated else { return }
            // The id and the owner are all that is read: what is damaged can be removed too.
            let row = try session.execute(
                "SELECT owner_host, owner_process, claimed_at FROM c8run.flow WHERE id = $1", [id.text]
            ).first
            guard let row else { throw FlowJournalError.unknownFlow(id) }
            let owner = row.text("owner_host").flatMap { host in
                row.integer("owner_process").map {
                    FlowOwner(host: host, process: Int32(truncatingIfNeeded: $0))
                }
            }
            throw FlowJournalError.held(id, by: owner, since: row.number("claimed_at"))
        }
    }

    @discardableResult
    package func prune(finishedBefore time: Double) async throws -> Int {
        try await perform(within: Self.longPatience) { session, _ in
            try session.execute(
                "DELETE FROM c8run.flow WHERE state = 'finished' AND ended_at < $1::float8 RETURNING number", [time]
            ).count
        }
    }
}
