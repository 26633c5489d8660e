import C8Run

/// When a job may run: at a time, or so long after its submission.
enum JobMoment: Sendable, Equatable {
    /// Seconds since 1970.
    case at(Double)
    case after(Duration)

    /// Reads `2026-11-27T08:00:00+08:00` and its like (ISO 8601; the machine's zone where none is named), or `+10m`.
    init?(_ text: String) {
        if text.hasPrefix("+") {
            guard let duration = DurationText.parse(String(text.dropFirst())) else { return nil }
            self = .after(duration)
        } else if let seconds = TimeText.seconds(text) {
            self = .at(seconds)
        } else {
            return nil
        }
    }

    /// Seconds since 1970.
    func seconds(now: Double) -> Double {
        switch self {
        case .at(let seconds): seconds
        case .after(let duration): now + duration / .seconds(1)
        }
    }
}
