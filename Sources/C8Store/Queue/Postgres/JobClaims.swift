import C8Queue
import Synchronization

/// What a store knows of the jobs that were claimed through it, so that it need not ask for it when they end.
final class JobClaims: Sendable {
    /// How often a job was begun, this time included, and how often it may be.
    struct Attempts: Sendable {
        var count: Int
        var most: Int
    }

    private let claims = Mutex<[JobClaim: Attempts]>([:])

    subscript(claim: JobClaim) -> Attempts? { claims.withLock { $0[claim] } }

    func add(_ claim: JobClaim, _ attempts: Attempts) { claims.withLock { $0[claim] = attempts } }

    func remove(_ ended: some Sequence<JobClaim>) {
        claims.withLock { claims in for claim in ended { claims[claim] = nil } }
    }
}
