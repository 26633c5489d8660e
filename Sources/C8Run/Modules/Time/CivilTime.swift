import Glibc

/// ISO 8601 dates and times in the proleptic Gregorian calendar, to and from seconds since 1970.
enum CivilTime {
    /// What is wrong with a text.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// A fixed offset, or the machine's own zone.
    enum Zone: Sendable, Equatable {
        case offset(seconds: Int)
        case local

        static let utc = Zone.offset(seconds: 0)

        init?(_ text: String) {
            switch text {
            case "UTC", "Z", "z": self = .utc
            case "local": self = .local
            default:
                var scanner = DigitScanner(text)
                guard let seconds = scanner.offset(), scanner.isAtEnd else { return nil }
                self = .offset(seconds: seconds)
            }
        }

        /// Seconds east of UTC at this time.
        func seconds(at time: Int) -> Int {
            switch self {
            case .offset(let seconds): return seconds
            case .local:
                var clock = time_t(time)
                var parts = tm()
                localtime_r(&clock, &parts)
                return parts.tm_gmtoff
            }
        }
    }

    /// `2026-11-24`, `2026-11-24T08:00:00`, with a space for the T, fractions, and `Z` or an offset.
    static func parse(_ text: String, defaultZone: Zone) throws(Problem) -> Double {
        var scanner = DigitScanner(text)
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2)
        else { throw Problem(description: "a time such as 2026-11-24T08:00:00+08:00 expected") }
        guard (1...12).contains(month), day >= 1, day <= daysIn(month: month, year: year) else {
            throw Problem(description: "there is no day \(text.prefix(10))")
        }
        var seconds = 0
        var fraction = 0.0
        var zone = defaultZone
        if scanner.skip("T") || scanner.skip("t") || scanner.skip(" ") {
            guard let hour = scanner.digits(2), scanner.skip(":"), let minute = scanner.digits(2) else {
                throw Problem(description: "hours and minutes expected after the date, as in 08:00")
            }
            var second = 0
            if scanner.skip(":") {
                guard let digits = scanner.digits(2) else {
                    throw Problem(description: "two digits of seconds expected")
                }
                second = digits
                if scanner.skip(".") || scanner.skip(",") { fraction = scanner.fraction() }
            }
            guard hour <= 24, minute <= 59, second <= 60, hour < 24 || (minute == 0 && second == 0) else {
                throw Problem(description: "there is no such time of day")
            }
            seconds = hour * 3600 + minute * 60 + second
            if scanner.skip("Z") || scanner.skip("z") {
                zone = .utc
            } else if let offset = scanner.offset() {
                zone = .offset(seconds: offset)
            }
        }
        guard scanner.isAtEnd else { throw Problem(description: "nothing may follow the time and its zone") }
        let local = days(year: year, month: month, day: day) * 86400 + seconds
        return Double(local - zone.seconds(at: local)) + fraction
    }

    /// `2026-11-24T08:00:00+08:00`; milliseconds only where there are any.
    static func format(_ time: Double, zone: Zone) -> String {
        let total = Int((time * 1000).rounded(.down))
        let milliseconds = ((total % 1000) + 1000) % 1000
        let whole = (total - milliseconds) / 1000
        let offset = zone.seconds(at: whole)
        let local = whole + offset
        let day = Int((Double(local) / 86400).rounded(.down))
        let second = local - day * 86400
        let date = civil(fromDays: day)
        var text = "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
        text += "T\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        if milliseconds != 0 { text += ".\(padded(milliseconds, 3))" }
        if offset == 0 { return text + "Z" }
        let size = abs(offset)
        return text + (offset < 0 ? "-" : "+") + "\(padded(size / 3600, 2)):\(padded(size / 60 % 60, 2))"
    }

    /// Days since 1970-01-01, by eras of 400 years that begin in March, so that the leap day comes last.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return text.count >= width ? text : String(repeating: "0", count: width - text.count) + text
    }
}
