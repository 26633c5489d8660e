import C8Queue

/// When schedules fire.
enum JobFiring {
    static func next(of schedule: JobSchedule, after time: Double) -> Double? { nil }
}
