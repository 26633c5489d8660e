/// The rule of a time zone for all years to come, as the variable `TZ` has it (POSIX, XBD 8.3; RFC 9636 §3.3.1):
/// `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneFooter: Sendable, Equatable {
    /// Seconds ahead of UTC.
    private let standard: Int
    /// Nil where clocks do not change.
    private let summer: (offset: Int, begins: Day, ends: Day)?

    init?(_ text: String) {
        var scanner = Scanner(rest: text.utf8[...])
        guard scanner.name(), let west = scanner.time(mostHours: 24) else { return nil }
        standard = -west
        guard !scanner.rest.isEmpty else {
            summer = nil
            return
        }
        guard scanner.name() else { return nil }
        var offset = standard + 3600
        if let next = scanner.rest.first, next != UInt8(ascii: ",") {
            guard let west = scanner.time(mostHours: 24) else { return nil }
            offset = -west
        }
        guard let begins = scanner.day(), let ends = scanner.day(), scanner.rest.isEmpty else { return nil }
        summer = (offset, begins, ends)
    }

    /// - Parameter time: seconds since 1970.
    func offset(at time: Int) -> Int {
        guard let summer else { return standard }
        let local = time + standard
        let year = CivilDate(days: local >= 0 ? local / 86400 : (local - 86399) / 86400).year
        let begins = summer.begins.seconds(of: year) - standard
        let ends = summer.ends.seconds(of: year) - summer.offset
        // In the south summer lasts over the new year.
        let isSummer = begins < ends ? (begins..<ends).contains(time) : !(ends..<begins).contains(time)
        return isSummer ? summer.offset : standard
    }

    static func == (left: ZoneFooter, right: ZoneFooter) -> Bool {
        guard left.standard == right.standard else { return false }
        switch (left.summer, right.summer) {
        case (nil, nil): return true
        case (let left?, let right?): return left == right
        default: return false
        }
    }

    /// A day of each year, and a time on it in seconds.
    enum Day: Sendable, Equatable {
        /// The weekday in that week of the month; the fifth week is the last.
        case weekday(Int, week: Int, month: Int, time: Int)
        /// From 1, never 29 February.
        case plain(Int, time: Int)
        /// From 0, 29 February included.
        case leap(Int, time: Int)

        /// Seconds since 1970, as a clock on the wall counts them.
        func seconds(of year: Int) -> Int {
            let start = CivilDate(year: year, month: 1, day: 1).days
            switch self {
            case .plain(let number, let time):
                let isLeap = CivilDate.daysIn(month: 2, year: year) == 29
                return (start + number - 1 + (isLeap && number >= 60 ? 1 : 0)) * 86400 + time
            case .leap(let number, let time): return (start + number) * 86400 + time
            case .weekday(let weekday, let week, let month, let time):
                let first = CivilDate(year: year, month: month, day: 1).days
                var day = first + (weekday - CivilDate.weekday(days: first) + 7) % 7 + (week - 1) * 7
                if day >= first + CivilDate.daysIn(month: month, year: year) { day -= 7 }
                return day * 86400 + time
            }
        }
    }

    private struct Scanner {
        var rest: Substring.UTF8View

        mutating func take(_ character: Character) -> Bool {
            guard rest.first == character.asciiValue else { return false }
            rest = rest.dropFirst()
            return true
        }

        /// `CET`, or `<+03>`.
        mutating func name() -> Bool {
            if take("<") {
                let name = rest.prefix { $0 != UInt8(ascii: ">") }
                rest = rest.dropFirst(name.count)
                return take(">") && name.count >= 3
            }
            let name = rest.prefix { (0x41...0x5A).contains($0 & 0xDF) && $0 & 0x40 != 0 }
            rest = rest.dropFirst(name.count)
            return name.count >= 3
        }

        mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard (1...3).contains(digits.count), let value = Int(Substring(digits)), range.contains(value) else {
                return nil
            }
            rest = rest.dropFirst(digits.count)
            return value
        }

        /// Seconds of `-1`, `5:30` or `+02:00:00`.
        mutating func time(mostHours: Int) -> Int? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard let hours = number(0...mostHours) else { return nil }
            var seconds = hours * 3600
            for unit in [60, 1] where take(":") {
                guard let part = number(0...59) else { return nil }
                seconds += part * unit
            }
            return isNegative ? -seconds : seconds
        }

        /// `,M3.5.0/2`, `,J60` or `,59`.
        mutating func day() -> Day? {
            guard take(",") else { return nil }
            if take("M") {
                guard let month = number(1...12), take("."), let week = number(1...5), take("."),
                    let weekday = number(0...6), let time = clock()
                else { return nil }
                return .weekday(weekday, week: week, month: month, time: time)
            }
            if take("J") {
                guard let number = number(1...365), let time = clock() else { return nil }
                return .plain(number, time: time)
            }
            guard let number = number(0...365), let time = clock() else { return nil }
            return .leap(number, time: time)
        }

        /// Two o'clock unless something else is said.
        private mutating func clock() -> Int? { take("/") ? time(mostHours: 167) : 7200 }
    }
}
