import ArgumentParser
import C8Run

/// The value of `--before`: so long ago, or a time.
struct JobAge: Sendable, ExpressibleByArgument {
    private let moment: JobMoment

    init?(argument: String) {
        if let seconds = TimeText.seconds(argument) {
            moment = .at(seconds)
        } else if let duration = DurationText.parse(argument) {
            moment = .after(.zero - duration)
        } else {
            return nil
        }
    }

    /// Seconds since 1970.
    func seconds(now: Double) -> Double { moment.seconds(now: now) }
}
