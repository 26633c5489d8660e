import C8Client
import C8Platform
import C8Run
import Synchronization

/// A host's lease, of which so many requests may be sent before it is somebody else's.
final class LeaseGuard: WriteGuard {
    private let limit: Int
    private let told = Mutex<[String]>([])
    private let asked = Mutex(0)

    init(limit: Int = .max) { self.limit = limit }

    /// What it was told of, as words: `write production.orders.create`, `wrote`, `not written`.
    var words: [String] { told.withLock { $0 } }
    /// How often it was asked whether something may be sent.
    var questions: Int { asked.withLock { $0 } }

    func willWrite(_ operation: String, effect: Effect, isKept: Bool) async throws {
        told.withLock { $0.append("\(effect) \(operation)") }
    }

    func maySend() async throws {
        let number = asked.withLock { asked in
            asked += 1
            return asked
        }
        guard number <= limit else {
            throw ClientError(kind: .cancelled, message: "the lease is somebody else's", outcome: .notSent)
        }
    }

    func didWrite(isUnwritten: Bool) { told.withLock { $0.append(isUnwritten ? "not written" : "wrote") } }
}
