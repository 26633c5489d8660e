import C8Flow
import C8Postgres

extension PostgresFlowJournal {
    /// Prolongs the leases of this process's flows, as long as it has any.
    func keepLeases() {
        let pause = Duration.seconds(lease / 3)
        Task.detached { [weak self] in
            while true {
                guard (try? await Task.sleep(for: pause)) != nil else { return }
                guard let self else { return }
                let claims = claims.toKeep()
                guard !claims.isEmpty else { return }
                await prolong(claims)
            }
        }
    }

    /// Flows that somebody else has taken meanwhile are given up.
    private func prolong(_ mine: [FlowClaim]) async {
        let kept = try? await state.perform { [lease] session, _ in
            let rows = try session.execute(
                """
                UPDATE c8run.flow SET lease_until = clock_timestamp() + make_interval(secs => $3::float8)
                FROM unnest($1::bigint[], $2::bigint[]) AS mine (number, fence)
                WHERE flow.number = mine.number AND flow.fence = mine.fence AND flow.state = 'running'
                RETURNING flow.number
                """, [mine.map(\.number), mine.map(\.fence), lease])
            return Set(rows.all.compactMap { $0.integer("number") })
        }
        // The database may be away: who is the owner is told by the fence of the next entry.
        guard let kept else { return }
        for claim in mine where !kept.contains(claim.number) { claims.remove(claim) }
    }
}
