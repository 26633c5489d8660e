/// When something comes again and again, as of crontab(5): minute, hour, day of the month, month and day of the week.
///
/// Where the day of the month and the day of the week are both restricted, a day that fits one of them does; a field that
/// begins with `*` or `?` restricts nothing in this sense.
package struct CronExpression: Sendable, Equatable {
    /// As it was written.
    package let text: String
    /// A bit for each value.
    let minutes: UInt64
    let hours: UInt64
    let days: UInt64
    let months: UInt64
    let weekdays: UInt64
    /// Whether one of both days is enough.
    let takesEitherDay: Bool
    /// Whether it goes by hours that pass, and not by what a clock on the wall shows.
    let goesByElapsedHours: Bool

    private static let shorthands = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]

    /// - Throws: ``CronError`` that names the field and what is allowed, also for a date that never comes.
    package init(_ text: String) throws(CronError) {
        self.text = text
        let words = text.split { $0 == " " || $0 == "\t" }
        var fields = words
        if let word = words.first, word.hasPrefix("@") {
            guard words.count == 1, let meaning = Self.shorthands[word.lowercased()] else {
                throw CronError(
                    field: nil,
                    problem:
                        "\"\(text)\" is not known; there are \(Self.shorthands.keys.sorted().joined(separator: ", "))")
            }
            fields = meaning.split(separator: " ")
        }
        guard fields.count == CronField.allCases.count else {
            throw CronError(
                field: nil,
                problem: "\"\(text)\" has \(fields.count) fields and not five: minute, hour, day, month, weekday, "
                    + "as in \"30 8 * * MON-FRI\"")
        }
        minutes = try CronFieldParser(field: .minute).bits(fields[0])
        hours = try CronFieldParser(field: .hour).bits(fields[1])
        days = try CronFieldParser(field: .day).bits(fields[2])
        months = try CronFieldParser(field: .month).bits(fields[3])
        weekdays = try CronFieldParser(field: .weekday).bits(fields[4])
        let isAny = fields.map { $0.hasPrefix("*") || $0.hasPrefix("?") }
        goesByElapsedHours = isAny[1]
        takesEitherDay = !isAny[2] && !isAny[4]
        guard takesEitherDay || hasPossibleDay else {
            throw CronError(field: .day, problem: "none of these months has that day: it would never come")
        }
    }

    /// Whether one of the months, in some year, has one of the days.
    private var hasPossibleDay: Bool {
        CronField.month.range.contains { month in
            // A leap year.
            let least = UInt64(1) << UInt64(CivilDate.daysIn(month: month, year: 2000) + 1)
            return Self.has(months, month) && days & (least - 1) != 0
        }
    }

    /// - Parameter days: since 1970-01-01.
    func matches(_ date: CivilDate, days number: Int) -> Bool {
        let day = Self.has(days, date.day)
        let weekday = Self.has(weekdays, CivilDate.weekday(days: number))
        return Self.has(months, date.month) && (takesEitherDay ? day || weekday : day && weekday)
    }

    static func has(_ bits: UInt64, _ value: Int) -> Bool { bits >> UInt64(value) & 1 == 1 }
}
