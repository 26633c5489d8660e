import C8Client
import Synchronization

/// Time that moves when somebody sleeps, and not otherwise.
final class FakeClock: ClientClock {
    private struct Time {
        var wall: Double
        var monotonic = 5000.0
    }

    private let time: Mutex<Time>

    init(_ start: Double = 1_700_000_000) {
        time = Mutex(Time(wall: start))
    }

    func now() -> Double { time.withLock { $0.wall } }
    func monotonic() -> Double { time.withLock { $0.monotonic } }

    func sleep(seconds: Double) async throws {
        try Task.checkCancellation()
        advance(seconds)
        await Task.yield()
    }

    /// Time passes.
    func advance(_ seconds: Double) {
        time.withLock {
            $0.wall += seconds
            $0.monotonic += seconds
        }
    }

    /// Somebody sets the clock on the wall.
    func set(by seconds: Double) { time.withLock { $0.wall += seconds } }
}
