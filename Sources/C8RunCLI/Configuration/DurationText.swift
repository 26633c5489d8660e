/// Reads durations of the command line: `1.5s`, `500ms`, `2m`, `1h`, or plain seconds.
enum DurationText {
    static let rule = ValueMessage.duration.message.english

    /// The longest duration accepted, in seconds: ten years.
    private static let longest = 315_360_000.0

    /// The duration, or nil where the text is none, is negative, or is longer than ten years.
    static func parse(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && ($0.isWholeNumber || $0 == ".") }
        guard let scale = scale(of: text.dropFirst(digits.count)), let number = PlainDecimal.parse(digits) else {
            return nil
        }
        let seconds = number * scale
        guard seconds <= longest else { return nil }
        return .microseconds(Int64((seconds * 1_000_000).rounded()))
    }

    private static func scale(of unit: Substring) -> Double? {
        switch unit {
        case "ms": 0.001
        case "", "s": 1
        case "m": 60
        case "h": 3600
        case "d": 86_400
        default: nil
        }
    }
}
