import Synchronization

/// What the platform's clock shows at the moment, reckoned from its last answer with the clock that nobody sets. Known only
/// where the platform has answered since the machine was started, to this process or to one that left it in the store.
///
/// The third witness: between two starts of the machine neither its uptime nor its clock on the wall can be relied on.
final class PlatformTime: Sendable {
    private struct Sighting {
        /// Which start of the machine; nil where that cannot be told.
        let bootID: String?
        /// By how many seconds the platform's clock is ahead of the uptime.
        let ahead: Double
    }

    /// No clock that is of any use shows less, 2017, or more, 2128.
    private static let sound = 1.5e9...5e9

    private let clock: any ClientClock
    private let last = Mutex<Sighting?>(nil)

    init(_ clock: any ClientClock) {
        self.clock = clock
    }

    /// The platform has just answered.
    ///
    /// - Parameter seconds: what its clock showed, since 1970. It may have stood there since the request was sent, which puts its
    ///   clock back by as much here.
    func learn(_ seconds: Double) {
        guard Self.sound.contains(seconds) else { return }
        let sighting = Sighting(bootID: clock.bootID, ahead: seconds - clock.monotonic())
        last.withLock { $0 = sighting }
    }

    /// What another process has learned since the machine was started; this one's own goes before it.
    func learn(from moment: Moment?) {
        guard let moment, let platform = moment.platform, let uptime = moment.uptime, uptime.bootID == clock.bootID,
            ahead == nil
        else { return }
        last.withLock { $0 = Sighting(bootID: uptime.bootID, ahead: platform - uptime.seconds) }
    }

    /// The present by every clock that is known.
    func moment() -> Moment {
        var moment = clock.moment()
        moment.platform = ahead.map { $0 + clock.monotonic() }
        return moment
    }

    /// A moment of this process `age` seconds ago, by the platform's clock too, where that has become known since.
    func dating(_ moment: Moment, age: Double) -> Moment {
        var dated = moment
        dated.platform = ahead.map { $0 + clock.monotonic() - max(0, age) }
        return dated
    }

    private var ahead: Double? {
        last.withLock { sighting in sighting.flatMap { $0.bootID == clock.bootID ? $0.ahead : nil } }
    }
}
