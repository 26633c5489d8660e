/// Walks over the digits and separators of ISO 8601 texts.
struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = text[...].utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Character) -> Bool {
        guard let byte = character.asciiValue, rest.first == byte else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// Exactly `count` digits.
    mutating func digits(_ count: Int) -> Int? {
        let text = rest.prefix(count)
        guard text.count == count, text.allSatisfy({ (48...57).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return text.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    /// The digits after a decimal point, as a fraction of one.
    mutating func fraction() -> Double {
        let text = rest.prefix { (48...57).contains($0) }
        rest = rest.dropFirst(text.count)
        return Double("0." + String(decoding: text, as: UTF8.self)) ?? 0
    }

    /// `+08:00`, `+0800` or `+08`, in seconds.
    mutating func offset() -> Int? {
        let saved = rest
        let isNegative: Bool
        if skip("+") { isNegative = false } else if skip("-") { isNegative = true } else { return nil }
        guard let hours = digits(2), hours <= 23 else {
            rest = saved
            return nil
        }
        var minutes = 0
        if skip(":") {
            guard let digits = digits(2) else {
                rest = saved
                return nil
            }
            minutes = digits
        } else if let digits = digits(2) {
            minutes = digits
        }
        guard minutes <= 59 else {
            rest = saved
            return nil
        }
        return (isNegative ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}
