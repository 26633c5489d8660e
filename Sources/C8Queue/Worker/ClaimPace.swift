/// How soon a worker asks for jobs again: at once while there are some, and less and less often while there are none, or
/// the store is away.
package struct ClaimPace: Sendable {
    private let longest: Double
    private var pause = 0.0

    /// The first pause in seconds; it is doubled each time.
    private static let first = 0.02
    /// While the store is away.
    private static let longestAway = 5.0

    /// - Parameter longest: seconds, while there are no jobs.
    package init(longest: Double) {
        self.longest = max(longest, Self.first)
    }

    /// Seconds to wait after a claim.
    ///
    /// - Parameters:
    ///   - found: how many jobs it gave; nil where it failed.
    ///   - random: from 0 to 1, so that workers that began together do not ask together.
    package mutating func next(found: Int?, random: Double) -> Double {
        if let found, found > 0 {
            pause = 0
            return 0
        }
        let most = found == nil ? max(longest, Self.longestAway) : longest
        pause = min(most, max(pause * 2, Self.first))
        return pause * (0.75 + 0.25 * random)
    }
}
