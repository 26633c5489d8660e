import C8Client
import Synchronization

/// Time that moves when somebody sleeps, and not otherwise.
final class FakeClock: ClientClock {
    private let time: Mutex<Double>

    init(_ start: Double = 1_700_000_000) {
        time = Mutex(start)
    }

    func now() -> Double { time.withLock { $0 } }

    func sleep(seconds: Double) async throws {
        try Task.checkCancellation()
        time.withLock { $0 += seconds }
        await Task.yield()
    }

    func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
}
