import Foundation

/// Statements that hold for everything, tried with ever new inputs for a while: for a moment in the tests, for as long as
/// `FUZZ_SECONDS` says under `scripts/fuzz`.
package enum Fuzzing {
    /// Calls the body with seeds in turn, and gives how many there were. A failure should name its seed: alone, it repeats
    /// the failure.
    @discardableResult
    package static func loop(least: UInt64 = 200, _ body: (UInt64) async throws -> Void) async rethrows -> UInt64 {
        let environment = ProcessInfo.processInfo.environment
        if let seed = environment["FUZZ_SEED"].flatMap(UInt64.init) {
            try await body(seed)
            return 1
        }
        let seconds = environment["FUZZ_SECONDS"].flatMap(Double.init) ?? 0
        let first: UInt64 = seconds > 0 ? UInt64.random(in: 0..<1 << 40) : 0
        let end = ContinuousClock.now + .seconds(seconds)
        var count: UInt64 = 0
        while count < least || ContinuousClock.now < end {
            try await body(first + count)
            count += 1
        }
        return count
    }
}
