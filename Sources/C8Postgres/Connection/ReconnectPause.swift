/// How long to rest before the next try: more each time, and anything below that, so that a fleet that lost its server does
/// not come back all at once.
struct ReconnectPause: Sendable {
    private static let first = 0.05
    private static let most = 2.0

    private var bound = Self.first

    /// Seconds.
    mutating func next(_ random: (ClosedRange<Double>) -> Double = { .random(in: $0) }) -> Double {
        defer { bound = min(bound * 2, Self.most) }
        return random(0...bound)
    }
}
