import Synchronization

/// Numbers that tell requests apart, here and beside those of other processes. The kernel is asked once: a system call for each
/// would cost more than the rest of a log line.
///
/// Not secret, and not for secrets: whoever knows one knows the next.
final class RequestNumbers: Sendable {
    private let last = Atomic<UInt64>(.random(in: .min ... .max))

    /// The next number: those of SplitMix64, which come once each in 2^64 (Steele, Lea, Flood, 2014).
    func next() -> UInt64 {
        var number = last.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        number = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
        return number ^ number >> 31
    }

    /// Of this process.
    static let shared = RequestNumbers()
}
