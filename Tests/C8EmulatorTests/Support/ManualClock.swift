import Synchronization

/// A clock that stands still until a test moves it.
final class ManualClock: Sendable {
    private let seconds: Mutex<Double>

    init(_ start: Double = 1_677_737_429.715) {
        seconds = Mutex(start)
    }

    var now: Double {
        seconds.withLock { $0 }
    }

    func advance(by amount: Double) {
        seconds.withLock { $0 += amount }
    }

    /// For the emulator's configuration.
    var read: @Sendable () -> Double {
        { self.now }
    }
}
