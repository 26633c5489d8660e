import Glibc

/// Time as the token source needs it, replaceable in tests.
package protocol ClientClock: Sendable {
    /// Seconds since 1970: what processes compare with each other. May be set, forward and back, at any moment.
    func now() -> Double
    /// Seconds since some moment, and never set: what one process measures by. Counts while the machine is suspended.
    func monotonic() -> Double
    /// Returns after so many seconds, or throws `CancellationError` as soon as the task is cancelled.
    func sleep(seconds: Double) async throws
}

/// The machine's clock.
package struct SystemClock: ClientClock {
    /// The one that there is.
    package init() {}

    /// `CLOCK_REALTIME`.
    package func now() -> Double { Self.read(CLOCK_REALTIME) }

    /// `CLOCK_BOOTTIME`: a token ages while a laptop sleeps.
    package func monotonic() -> Double { Self.read(CLOCK_BOOTTIME) }

    /// Sleeps without occupying a thread.
    package func sleep(seconds: Double) async throws {
        try await Task.sleep(for: .seconds(seconds))
    }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
