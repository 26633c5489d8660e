package import C8Flow
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

    /// Asks the database where less than a sixth of the lease is left, by this process's own clock.
    package func confirm(_ claim: FlowClaim) async throws {
        guard !claims.isSafe(claim, until: .now + .seconds(lease / 6)) else { return }
        // Where it was given up already, nobody asks for it.
        _ = try claims.revision(of: claim)
        let (isMine, asked) = try await perform { [lease] session, _ in
            let asked = ContinuousClock.now
            let row = try session.execute(
                """
                UPDATE c8run.flow SET lease_until = clock_timestamp() + make_interval(secs => $3::float8)
                WHERE number = $1::bigint AND fence = $2::bigint AND state = 'running'
                RETURNING number
                """, [claim.number, claim.fence, lease]
            ).first
            return (row != nil, asked)
        }
        guard isMine else {
            claims.remove(claim)
            throw FlowJournalError.lostOwnership(claim.id)
        }
        claims.keep(claim, safeUntil: asked + .seconds(lease))
    }

    /// Flows that somebody else has taken meanwhile are given up.
    private func prolong(_ mine: [FlowClaim]) async {
        let kept = try? await state.perform { [lease] session, _ in
            let asked = ContinuousClock.now
            let rows = try session.execute(
                """
                UPDATE c8run.flow SET lease_until = clock_timestamp() + make_interval(secs => $3::float8)
                FROM unnest($1::bigint[], $2::bigint[]) AS mine (number, fence)
                WHERE flow.number = mine.number AND flow.fence = mine.fence AND flow.state = 'running'
                RETURNING flow.number
                """, [mine.map(\.number), mine.map(\.fence), lease])
            return (numbers: Set(rows.all.compactMap { $0.integer("number") }), asked: asked)
        }
        // The database may be away: who is the owner is told by the fence of the next entry.
        guard let kept else { return }
        for claim in mine {
            if kept.numbers.contains(claim.number) {
                claims.keep(claim, safeUntil: kept.asked + .seconds(lease))
            } else {
                claims.remove(claim)
            }
        }
    }
}
