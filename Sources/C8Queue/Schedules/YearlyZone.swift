/// Clocks that are put forward and back on the same days of each year, or never: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX's TZ, as
/// extended by RFC 8536).
struct YearlyZone: Sendable, Equatable {
    /// When clocks are changed.
    struct Change: Sendable, Equatable {
        enum Day: Sendable, Equatable {
            /// From 1; 29 February is not counted.
            case julian(Int)
            /// From 0; it is.
            case ordinal(Int)
            /// The week from 1 to 5, which is the last.
            case weekday(month: Int, week: Int, weekday: Int)
        }

        var day: Day
        /// Seconds since midnight by the clocks before they are changed.
        var seconds: Int
    }

    /// Seconds ahead of UTC.
    private let standard: Int
    private let summer: (offset: Int, begin: Change, end: Change)?

    init(_ text: Substring) throws(ZoneError) {
        var parser = YearlyZoneParser(text)
        try parser.name()
        standard = -(try parser.time(most: 24))
        guard !parser.isAtEnd else {
            summer = nil
            return
        }
        try parser.name()
        let offset = parser.isAtRule ? standard + 3600 : -(try parser.time(most: 24))
        summer = (offset, try parser.change(), try parser.change())
        guard parser.isAtEnd else { throw parser.error }
    }

    func offset(at time: Int) -> Int {
        guard let summer else { return standard }
        let days = Int((Double(time + standard) / 86400).rounded(.down))
        let year = CivilDate(days: days).year
        let begin = Self.local(summer.begin, year) - standard
        let end = Self.local(summer.end, year) - summer.offset
        // South of the equator it lasts over the new year.
        let isSummer = begin < end ? (begin..<end).contains(time) : !(end..<begin).contains(time)
        return isSummer ? summer.offset : standard
    }

    static func == (left: YearlyZone, right: YearlyZone) -> Bool {
        left.standard == right.standard && left.summer?.offset == right.summer?.offset
            && left.summer?.begin == right.summer?.begin && left.summer?.end == right.summer?.end
    }

    /// In seconds, as if the clocks showed UTC.
    private static func local(_ change: Change, _ year: Int) -> Int {
        let newYear = CivilDate(year: year, month: 1, day: 1).days
        let day =
            switch change.day {
            case .ordinal(let day): newYear + day
            case .julian(let day):
                newYear + day - 1 + (day >= 60 && CivilDate.daysIn(month: 2, year: year) == 29 ? 1 : 0)
            case .weekday(let month, let week, let weekday):
                dayOfWeek(CivilDate(year: year, month: month, day: 1), week, weekday)
            }
        return day * 86400 + change.seconds
    }

    private static func dayOfWeek(_ first: CivilDate, _ week: Int, _ weekday: Int) -> Int {
        let ahead = (weekday - CivilDate.weekday(days: first.days) + 7) % 7
        var day = ahead + 7 * (week - 1)
        while day >= CivilDate.daysIn(month: first.month, year: first.year) { day -= 7 }
        return first.days + day
    }
}
