/// A point in time as processes tell it to each other: by the clock on the wall, by the one that counts since the machine
/// started, and by the platform's.
///
/// The clock on the wall may be set at any moment, so it is asked only where there is nothing better: between two starts of
/// the machine, and where it cannot be told whether there was one; and even there the platform's goes before it.
package struct Moment: Sendable, Hashable {
    /// Seconds since the machine started, and which start that was.
    package struct Uptime: Sendable, Hashable {
        /// Tells one start of the machine from another (``ClientClock/bootID``).
        package var bootID: String
        /// Counts on while the machine is suspended, and is never set.
        package var seconds: Double

        /// So many seconds after that start.
        package init(bootID: String, seconds: Double) {
            self.bootID = bootID
            self.seconds = seconds
        }
    }

    /// Seconds since 1970.
    package var wall: Double
    /// Nil where it is not known which start of the machine this is.
    package var uptime: Uptime?
    /// Seconds since 1970 by the platform's clock; nil where it has not answered since the machine was started.
    package var platform: Double?

    /// A moment by one clock or by more.
    package init(wall: Double, uptime: Uptime? = nil, platform: Double? = nil) {
        self.wall = wall
        self.uptime = uptime
        self.platform = platform
    }

    /// Long ago by every clock.
    package static let past = Moment(wall: 0)

    /// So many seconds later; earlier if negative.
    package func advanced(by seconds: Double) -> Moment {
        Moment(
            wall: wall + seconds,
            uptime: uptime.map { Uptime(bootID: $0.bootID, seconds: $0.seconds + seconds) },
            platform: platform.map { $0 + seconds })
    }

    /// Whether the clock that nobody sets can compare the two.
    package func isOfTheSameBoot(as other: Moment) -> Bool {
        guard let uptime, let other = other.uptime else { return false }
        return uptime.bootID == other.bootID
    }

    /// Seconds from `earlier` to this moment, by the best clock that both have; negative if it was later.
    package func seconds(since earlier: Moment) -> Double {
        if let uptime, let before = earlier.uptime, uptime.bootID == before.bootID {
            return uptime.seconds - before.seconds
        }
        if let platform, let before = earlier.platform { return platform - before }
        return wall - earlier.wall
    }
}
