import Glibc

/// Time as the token source needs it, replaceable in tests.
package protocol ClientClock: Sendable {
    /// Seconds since 1970. May be set, forward and back, at any moment.
    func now() -> Double
    /// Seconds since the machine started, never set: what is measured by. Counts while the machine is suspended.
    func monotonic() -> Double
    /// Which start of the machine ``monotonic()`` counts from; nil where that cannot be told.
    var bootID: String? { get }
    /// Returns after so many seconds, or throws `CancellationError` as soon as the task is cancelled.
    func sleep(seconds: Double) async throws
}

extension ClientClock {
    /// The present, as other processes understand it.
    package func moment() -> Moment {
        Moment(wall: now(), uptime: bootID.map { Moment.Uptime(bootID: $0, seconds: monotonic()) })
    }
}

/// The machine's clock.
package struct SystemClock: ClientClock {
    /// The one that there is.
    package init() {}

    /// `CLOCK_REALTIME`.
    package func now() -> Double { Self.read(CLOCK_REALTIME) }

    /// `CLOCK_BOOTTIME`: a token ages while a laptop sleeps.
    package func monotonic() -> Double { Self.read(CLOCK_BOOTTIME) }

    /// The kernel's own name for this start, `/proc/sys/kernel/random/boot_id`. Read when it is first asked for, and kept.
    package var bootID: String? { BootIdentity.current }

    /// Reads what cannot be read any more once the process has gone behind the kernel's wall.
    package static func prepare() { _ = BootIdentity.current }

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
