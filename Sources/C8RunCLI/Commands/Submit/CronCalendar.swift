import C8Queue

/// `--cron` and its zone: when a schedule fires.
struct CronCalendar: Sendable {
    let expression: String
    let zone: String

    init(_ expression: String, zone: String?, folders: ConfigurationFolders) throws {
        self.expression = expression
        self.zone = zone ?? "UTC"
    }

    func first(after now: Double) throws -> Double { throw UsageError("--cron is not there yet") }
}
