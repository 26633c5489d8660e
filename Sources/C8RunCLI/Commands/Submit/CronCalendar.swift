import C8Queue
import C8Run

/// A cron expression and the time zone that it is meant in: when a schedule fires.
struct CronCalendar: Sendable {
    let expression: String
    /// The zone's name.
    let zone: String
    private let cron: CronExpression
    private let rules: ZoneRules

    /// - Parameter zone: nil for the machine's own.
    /// - Throws: `UsageError` where one of both is none.
    init(_ expression: String, zone: String?, folders: ConfigurationFolders) throws(UsageError) {
        let name = zone ?? MachineZone.name(folders.environment)
        do throws(ZoneError) {
            rules = try SystemZones.rules(name)
        } catch {
            throw UsageError("--zone: \(error.description)")
        }
        do throws(CronError) {
            cron = try CronExpression(expression)
        } catch {
            throw UsageError("--cron: \(error.description)")
        }
        self.expression = expression
        self.zone = name
    }

    /// The first moment after one given, in seconds since 1970.
    func next(after time: Double) -> Double? { cron.next(after: time) { rules.offset(at: $0) } }
}
