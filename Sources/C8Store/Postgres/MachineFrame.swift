import C8Client
import C8Postgres

/// Moments of this machine and of others. A moment is kept as its machine told it, and as the server's clock had it: on the
/// same start of the same machine the first counts, anywhere else the second.
struct MachineFrame: Sendable {
    let clock: any ClientClock
    /// Tells this start of this machine from all others.
    private let machine: String

    init(clock: any ClientClock) {
        self.clock = clock
        // Where no name of the start is to be had, no other process is known to share the clock.
        machine = clock.bootID ?? "process \(UInt64.random(in: .min ... .max))"
    }

    /// Wall, boot, uptime, platform and machine, and the seconds from now.
    func parameters(_ moment: Moment) -> [(any PostgresParameter)?] {
        let seconds = max(-1e9, min(moment.seconds(since: clock.moment()), 1e9))
        return [moment.wall, moment.uptime?.bootID, moment.uptime?.seconds, moment.platform, machine, seconds]
    }

    /// A row whose values are not what they should be is no record: a token can be fetched.
    ///
    /// - Parameters:
    ///   - before: when the row was asked for.
    ///   - after: when it was there. A slot is rather free later than earlier, and a token rather too old than too young.
    func record(_ row: PostgresRow, before: Moment, after: Moment) -> TokenRecord? {
        guard let generation = row.integer("generation"),
            let fetchAfter = moment("fetch_after", row, translated: number(row, "fetch_after_left").map(after.advanced))
        else { return nil }
        var record = TokenRecord(generation: generation, fetchAfter: fetchAfter, holder: row.text("holder"))
        if let value = row.text("value"), let ttl = number(row, "ttl"),
            let valueGeneration = row.integer("value_generation"),
            let fetched = moment(
                "fetched", row, translated: number(row, "fetched_age").map { before.advanced(by: -$0) })
        {
            record.token = Token(value: Secret(value), generation: valueGeneration, fetched: fetched, ttl: ttl)
        }
        if let code = row.integer("refusal_code"), let fingerprint = row.text("refusal_fingerprint") {
            record.refusal = TokenRecord.Refusal(code: code, fingerprint: fingerprint)
        }
        return record
    }

    private func moment(_ name: String, _ row: PostgresRow, translated: Moment?) -> Moment? {
        guard row.text(name + "_machine") == machine else {
            var moment = translated
            moment?.platform = number(row, name + "_platform")
            return moment
        }
        guard let wall = number(row, name == "fetched" ? "fetched_at" : name) else { return nil }
        var moment = Moment(wall: wall, platform: number(row, name + "_platform"))
        if let bootID = row.text(name + "_boot_id"), let seconds = number(row, name + "_uptime") {
            moment.uptime = Moment.Uptime(bootID: bootID, seconds: seconds)
        }
        return moment
    }

    /// Seconds, within what a clock can show.
    private func number(_ row: PostgresRow, _ column: String) -> Double? {
        guard let number = row.number(column), number.isFinite, abs(number) < 1e12 else { return nil }
        return number
    }
}
