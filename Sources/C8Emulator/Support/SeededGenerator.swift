/// Numbers that depend on a seed alone (SplitMix64), so that a run of the emulator can be repeated. Not for secrets
/// of the real platform.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// - Parameter stream: keeps apart what is drawn for different purposes, so that one more draw of the one kind does
    ///   not change what follows of the other.
    init(seed: UInt64, stream: UInt64) {
        state = seed ^ (stream &* 0xD6E8_FEB8_6659_FD93)
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Lower-case hexadecimal digits, sixteen for each draw.
    mutating func hexadecimal(draws: Int) -> String {
        (0..<draws).map { _ in
            let digits = String(next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// A UUID of version 4 (RFC 9562), as the platform's traceIds are.
    mutating func uuid() -> String {
        var bytes = Array(hexadecimal(draws: 2).utf8)
        bytes[12] = UInt8(ascii: "4")
        bytes[16] = Array("89ab".utf8)[Int(next() & 3)]
        let text = String(decoding: bytes, as: UTF8.self)
        var rest = text[...]
        return [8, 4, 4, 4, 12].map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
