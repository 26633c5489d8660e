/// ISO 8601 durations of fixed length: weeks, days, hours, minutes, seconds. Years and months have none and are refused.
enum ISODuration {
    static func seconds(_ text: String) -> Double? {
        var rest = text[...]
        let isNegative = rest.first == "-"
        if isNegative { rest = rest.dropFirst() }
        guard rest.first == "P" else { return nil }
        rest = rest.dropFirst()
        var total = 0.0
        var inTime = false
        var parts = 0
        var allowed: [Character] = ["W", "D", "H", "M", "S"]
        while let next = rest.first {
            if next == "T", !inTime {
                inTime = true
                rest = rest.dropFirst()
                guard !rest.isEmpty else { return nil }
                continue
            }
            let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
            rest = rest.dropFirst(digits.count)
            guard let unit = rest.first, let number = Double(digits.replacing(",", with: ".")),
                let place = allowed.firstIndex(of: unit), inTime == "HMS".contains(unit)
            else { return nil }
            allowed.removeFirst(place + 1)
            rest = rest.dropFirst()
            parts += 1
            switch unit {
            case "W": total += number * 604_800
            case "D": total += number * 86_400
            case "H": total += number * 3600
            case "M": total += number * 60
            default: total += number
            }
        }
        return parts > 0 ? (isNegative ? -total : total) : nil
    }
}
