import C8Queue
import C8Run
import Logging
import Synchronization

/// When schedules of the queue fire, as far as this machine can tell.
///
/// A schedule whose zone is not known here, on a machine without the time zones' files, is left to other workers, and told of
/// once.
final class ScheduleCalendars: Sendable {
    private let logger: Logger
    private let told = Mutex<Set<String>>([])

    init(logger: Logger) { self.logger = logger }

    /// The first moment after one given, in seconds since 1970; nil where it comes no more, or cannot be told.
    func next(of schedule: JobSchedule, after time: Double) -> Double? {
        do {
            let rules = try SystemZones.rules(schedule.zone)
            return try CronExpression(schedule.expression).next(after: time) { rules.offset(at: $0) }
        } catch {
            tell(schedule, "\(error)")
            return nil
        }
    }

    private func tell(_ schedule: JobSchedule, _ problem: String) {
        guard told.withLock({ $0.insert(schedule.request.id.text).inserted }) else { return }
        logger.warning(
            "a schedule cannot be fired by this worker, only by one that knows its time zone",
            metadata: [
                "schedule": "\(schedule.request.id)", "zone": "\(schedule.zone)", "cron": "\(schedule.expression)",
                "error": "\(problem)",
            ])
    }
}
