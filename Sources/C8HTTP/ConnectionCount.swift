import Synchronization

/// How many connections a client has made: where the number is the same after a request as before, a kept connection served it.
final class ConnectionCount: Sendable {
    private let count = Mutex(0)

    var made: Int { count.withLock { $0 } }

    func add() { count.withLock { $0 += 1 } }
}
