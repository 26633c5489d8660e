package import C8Flow
import C8Postgres
import Synchronization

/// Flows that any machine which uses the same database goes on with.
///
/// Who runs a flow has a lease, which it prolongs while it lives. Once that has ended another may take the flow over, with a
/// higher fence; every statement names the fence, so that an owner that was paused meanwhile writes nothing any more.
package final class PostgresFlowJournal: FlowJournal {
    /// Seconds that a flow is kept from others after its owner was last heard of.
    package static let standardLease = 30.0
    /// What becomes of a call is told with more patience than that one is to begin.
    static let longPatience = Duration.seconds(30)

    let state: PostgresState
    let lease: Double
    let claims: FlowClaims

    package init(_ state: PostgresState, lease: Double = PostgresFlowJournal.standardLease) {
        self.state = state
        self.lease = lease
        claims = FlowClaims()
    }

    package func claim(_ request: FlowRequest, at now: Double) async throws -> FlowOpening {
        if let input = request.input { try FlowLimits.check(input, of: .input) }
        // Where the answer is lost, the claim is known again by this.
        let name = "\(request.owner.host) \(request.owner.process) \(UInt64.random(in: .min ... .max))"
        let (opening, asked) = try await perform { [lease] session, _ in
            let asked = ContinuousClock.now
            return (try Self.claim(request, name, lease: lease, at: now, session), asked)
        }
        if case .claimed(let claim, _) = opening {
            if claims.add(claim, safeUntil: asked + .seconds(lease)) { keepLeases() }
        }
        return opening
    }

    package func write(_ entry: StepEntry, of key: StepKey, under claim: FlowClaim, at now: Double) async throws {
        if case .end(let result, _) = entry { try FlowLimits.check(result, of: .result(of: key)) }
        let patience = entry.tellsAnEnd ? Self.longPatience : PostgresConnection.patience
        try await change(claim, within: patience) { [lease] session, revision in
            try Self.write(
                Self.line(entry, of: key), under: claim, revision, lease: lease, at: now, session)
        }
    }

    package func end(_ claim: FlowClaim, with end: FlowEnd, at now: Double) async throws {
        if case .finished(let result) = end { try FlowLimits.check(result, of: .flowResult) }
        try await change(claim, within: Self.longPatience) { session, revision in
            let (state, result, error): (FlowState, String?, String?) =
                switch end {
                case .finished(let result): (.finished, result, nil)
                case .failed(let error): (.failed, nil, error)
                }
            let row = try session.execute(
                """
                UPDATE c8run.flow SET state = $4, result = $5, error = $6, ended_at = $7::float8, updated_at = $7::float8,
                    revision = $3::bigint, lease_until = NULL, claim = NULL
                WHERE number = $1::bigint AND fence = $2::bigint AND revision = $3::bigint - 1 AND state = 'running'
                RETURNING number
                """, [claim.number, claim.fence, revision, state.rawValue, result, error, now]
            ).first
            guard row != nil else { throw FlowJournalError.lostOwnership(claim.id) }
        }
        claims.remove(claim)
    }

    package func release(_ claim: FlowClaim) async {
        guard claims.remove(claim) else { return }
        // Where that fails the lease ends by itself.
        try? await state.perform(within: .seconds(3)) { session, _ in
            try session.execute(
                """
                UPDATE c8run.flow SET lease_until = NULL, claim = NULL
                WHERE number = $1::bigint AND fence = $2::bigint
                """, [claim.number, claim.fence])
            return
        }
    }

    /// Changes something of a flow that this process runs, once, although the answer may be lost on the way.
    ///
    /// - Parameter body: is given the number of the change, which it writes in the place of the one before.
    func change(
        _ claim: FlowClaim, within patience: Duration = PostgresConnection.patience,
        _ body: @escaping @Sendable (PostgresSession, _ revision: Int64) throws -> Void
    ) async throws {
        do {
            try await perform(within: patience) { [claims, lease] session, isRepeated in
                let known = try claims.revision(of: claim)
                if isRepeated || known == nil {
                    let stored = try Self.revision(of: claim, session)
                    // The one that was under way when the connection broke.
                    if isRepeated, let known, stored == known + 1 { return try claims.set(claim, revision: stored) }
                    try claims.set(claim, revision: stored)
                }
                guard let last = try claims.revision(of: claim) else { throw FlowJournalError.lostOwnership(claim.id) }
                let asked = ContinuousClock.now
                try body(session, last + 1)
                try claims.set(claim, revision: last + 1)
                claims.keep(claim, safeUntil: asked + .seconds(lease))
            }
        } catch let error as FlowJournalError {
            switch error {
            case .unreachable, .storage: claims.forgetRevision(of: claim)
            case .lostOwnership: claims.remove(claim)
            default: break
            }
            throw error
        }
    }

    /// Uses the connection, and gives its errors as the journal's.
    func perform<Value: Sendable>(
        within patience: Duration = PostgresConnection.patience,
        _ body: @escaping @Sendable (PostgresSession, _ isRepeated: Bool) throws -> Value
    ) async throws -> Value {
        do {
            return try await state.perform(within: patience, body)
        } catch let error as PostgresError {
            throw FlowJournalError(error)
        }
    }

    private static func revision(of claim: FlowClaim, _ session: PostgresSession) throws -> Int64 {
        let row = try session.execute(
            "SELECT revision FROM c8run.flow WHERE number = $1::bigint AND fence = $2::bigint",
            [claim.number, claim.fence]
        ).first
        guard let revision = row?.integer("revision") else { throw FlowJournalError.lostOwnership(claim.id) }
        return revision
    }
}
