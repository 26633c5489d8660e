import FoundationEssentials

/// Time as the emulator needs it: seconds since 1970 in, the platform's forms out.
enum WallClock {
    /// The system's clock.
    static let system: @Sendable () -> Double = { Date().timeIntervalSince1970 }

    /// Milliseconds since 1970, as in an envelope's `timestamp`.
    static func milliseconds(_ seconds: Double) -> Int64 {
        Int64((seconds * 1000).rounded(.down))
    }

    /// A time of day in China (UTC+8, which has no summer time), such as `2023-03-02 15:37:09`.
    static func text(_ seconds: Double) -> String {
        let total = Int64(seconds.rounded(.down)) + 8 * 3600
        let (days, second) = total.quotientAndRemainder(dividingBy: 86_400)
        let (year, month, day) = date(daysSince1970: days)
        return "\(pad(year, 4))-\(pad(month))-\(pad(day)) "
            + "\(pad(second / 3600)):\(pad(second / 60 % 60)):\(pad(second % 60))"
    }

    /// The Gregorian date: years are counted from March, so that the leap day comes last and each month's length
    /// follows from its place.
    private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func pad(_ number: Int64, _ width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
