/// Tells latency that grew because the other side is overloaded from the latency that the connection always has.
///
/// Two averages: the recent one follows the last answers, the usual one is the smoothed minimum. It falls at once, and
/// rises only while few requests are under way: what is slow then is slow without our doing, and taken for normal after
/// some twenty answers. Otherwise a queue that we cause would become the usual.
struct LatencyWatch: Sendable {
    /// Latency below this never counts as grown, in seconds: a fast server near by answers slower merely since we send
    /// in parallel, which costs nobody anything.
    static let floor = 0.05
    /// How many times the usual latency the recent one must be to count as grown.
    static let factor = 2.0

    private static let recentWeight = 0.3
    private static let riseWeight = 1.0 / 16

    /// Seconds; nil before the first answer.
    private(set) var recent: Double?
    /// Seconds; nil before the first answer.
    private(set) var usual: Double?

    /// Takes the latency of an answer in seconds; true when it has grown well beyond the usual.
    ///
    /// - Parameter mayRise: few requests are under way.
    mutating func note(_ seconds: Double, mayRise: Bool) -> Bool {
        guard seconds.isFinite, seconds >= 0 else { return false }
        guard let recent, let usual else {
            self.recent = seconds
            self.usual = seconds
            return false
        }
        let now = recent + (seconds - recent) * Self.recentWeight
        self.recent = now
        if seconds < usual || mayRise {
            self.usual = seconds < usual ? seconds : usual + (seconds - usual) * Self.riseWeight
        }
        // A single slow answer is none of a trend: the last one and the average must both be slow.
        let bound = max(Self.floor, usual * Self.factor)
        return now > bound && seconds > bound
    }
}
