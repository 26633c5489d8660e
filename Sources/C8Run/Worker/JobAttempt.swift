import C8Client
package import C8Platform
import C8Queue
import Synchronization

/// One attempt at a job: the right to write for it, which is asked for before each write.
package final class JobAttempt: WriteGuard {
    private let claim: JobClaim
    private let queue: any JobQueue
    private let clock: any ClientClock
    /// Makes sure that the job is still this worker's.
    private let confirm: @Sendable () async throws -> Void
    private let writes = Mutex(JobWrites())

    init(
        _ claim: JobClaim, queue: any JobQueue, clock: any ClientClock,
        confirm: @escaping @Sendable () async throws -> Void
    ) {
        self.claim = claim
        self.queue = queue
        self.clock = clock
        self.confirm = confirm
    }

    package func willWrite(_ operation: String, effect: Effect, isKept: Bool) async throws {
        try await maySend()
        guard effect == .write, !isKept else { return }
        guard writes.withLock({ $0.begin() }) else { return }
        do {
            try await queue.noteWrite(claim, at: clock.now())
        } catch {
            writes.withLock { $0.end(isUnwritten: true) }
            throw Self.failure(error)
        }
        writes.withLock { $0.noted() }
    }

    package func maySend() async throws {
        do {
            try await confirm()
        } catch {
            throw Self.failure(error)
        }
    }

    package func didWrite(isUnwritten: Bool) { writes.withLock { $0.end(isUnwritten: isUnwritten) } }

    /// Whether a write outside of flows may have taken place.
    var mayHaveWritten: Bool { writes.withLock { $0.mayHaveWritten } }

    /// The script's view: nothing was sent.
    private static func failure(_ error: any Error) -> ClientError {
        if case JobQueueError.lostOwnership? = error as? JobQueueError {
            return ClientError(kind: .cancelled, message: "\(error)", outcome: .notSent)
        }
        return ClientError(kind: .network, message: "nothing was sent: \(error)", outcome: .notSent)
    }
}
