extension CronExpression {
    /// A day that comes at all comes within so many years: 29 February on a given weekday.
    private static let mostYears = 100
    private static let daySeconds = 86400

    /// The first moment after one given, in seconds since 1970.
    ///
    /// A time that is skipped when clocks are put forward comes at the moment of that. One that comes twice when they are put
    /// back counts the first time only. Neither holds where every hour is meant (`*` or `*/2` as the hour): hours pass by.
    ///
    /// - Parameter offset: how many seconds the zone's clocks are ahead of UTC, at a time in seconds since 1970.
    package func next(after time: Double, offset: (Int) -> Int) -> Double? {
        guard abs(time) < 1e12 else { return nil }
        var cursor = Int(time.rounded(.down))
        var shift = offset(cursor)
        var local = cursor + shift + 1
        while let candidate = nextLocal(from: local) {
            let moment = candidate - shift
            if let change = firstChange(after: cursor, through: moment, shift, offset) {
                let before = shift
                (cursor, shift) = (change, offset(change))
                local = change + shift
                if !goesByElapsedHours, shift > before, let skipped = nextLocal(from: change + before), skipped < local
                {
                    return Double(change)
                }
            } else if !goesByElapsedHours, isSecondTime(candidate, at: moment, offset) {
                local = candidate + 60
            } else {
                return Double(moment)
            }
        }
        return nil
    }

    /// The first time that fits, as a clock on the wall counts it: seconds since it showed the beginning of 1970.
    private func nextLocal(from local: Int) -> Int? {
        let minute = Self.floor(local + 59, by: 60)
        var day = Self.floor(minute, by: 1440)
        var start = minute - day * 1440
        let end = day + Self.mostYears * 366
        while day < end {
            let date = CivilDate(days: day)
            if !Self.has(months, date.month) {
                day += CivilDate.daysIn(month: date.month, year: date.year) - date.day + 1
                start = 0
                continue
            }
            if matches(date, days: day), let time = timeOfDay(from: start) { return day * Self.daySeconds + time * 60 }
            day += 1
            start = 0
        }
        return nil
    }

    /// In minutes.
    private func timeOfDay(from start: Int) -> Int? {
        for hour in start / 60..<24 where Self.has(hours, hour) {
            let later = hour == start / 60 ? minutes & (UInt64.max << UInt64(start % 60)) : minutes
            if later != 0 { return hour * 60 + later.trailingZeroBitCount }
        }
        return nil
    }

    /// When the clocks are first put forward or back.
    private func firstChange(
        after start: Int, through end: Int, _ shift: Int, _ offset: (Int) -> Int
    ) -> Int? {
        var low = start
        while low < end {
            var high = min(low + Self.daySeconds, end)
            if offset(high) == shift {
                low = high
                continue
            }
            while high - low > 1 {
                let middle = low + (high - low) / 2
                if offset(middle) == shift { low = middle } else { high = middle }
            }
            return high
        }
        return nil
    }

    /// Whether the clocks have shown it before, ahead of being put back.
    private func isSecondTime(_ local: Int, at moment: Int, _ offset: (Int) -> Int) -> Bool {
        let before = offset(moment - Self.daySeconds)
        return local - before < moment && offset(local - before) == before
    }

    private static func floor(_ number: Int, by divisor: Int) -> Int {
        let quotient = number / divisor
        return quotient * divisor > number ? quotient - 1 : quotient
    }
}
