import C8Client
import Synchronization

/// Time that moves when somebody sleeps, and not otherwise.
final class FakeClock: ClientClock {
    private struct Time {
        var wall: Double
        var uptime = 5000.0
        var boot: String? = "boot-1"
        /// What a stopwatch elsewhere shows.
        var real = 0.0
    }

    private let time: Mutex<Time>

    /// - Parameter boot: nil for a machine whose starts cannot be told apart.
    init(_ start: Double = 1_700_000_000, boot: String? = "boot-1") {
        time = Mutex(Time(wall: start, boot: boot))
    }

    func now() -> Double { time.withLock { $0.wall } }
    func monotonic() -> Double { time.withLock { $0.uptime } }
    var bootID: String? { time.withLock { $0.boot } }
    var real: Double { time.withLock { $0.real } }
    /// The present, as a record of the store has it.
    var moment: Moment {
        time.withLock { time in
            Moment(wall: time.wall, uptime: time.boot.map { Moment.Uptime(bootID: $0, seconds: time.uptime) })
        }
    }

    func sleep(seconds: Double) async throws {
        try Task.checkCancellation()
        advance(seconds)
        await Task.yield()
    }

    /// Time passes, perhaps while the machine is suspended.
    func advance(_ seconds: Double) {
        time.withLock {
            $0.wall += seconds
            $0.uptime += seconds
            $0.real += seconds
        }
    }

    /// Somebody sets the clock on the wall.
    func set(by seconds: Double) { time.withLock { $0.wall += seconds } }

    /// The machine is started again, which takes so long.
    func reboot(taking seconds: Double) {
        time.withLock {
            $0.wall += seconds
            $0.real += seconds
            $0.uptime = seconds / 2
            $0.boot = $0.boot.map { $0 + "+" }
        }
    }
}
