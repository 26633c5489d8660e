import C8Queue

extension JobID {
    /// A new id, which no other machine makes up: a UUID of version 7 (RFC 9562 §5.7), so that ids sort by their time.
    ///
    /// - Parameter now: seconds since 1970.
    static func madeUp(
        at now: Double, using random: inout some RandomNumberGenerator
    ) throws(JobQueueError) -> JobID {
        let milliseconds = UInt64(max(0, min(now, 1e11)) * 1000)
        let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0xFFF, using: &random)
        let low = UInt64.random(in: 0...(.max >> 2), using: &random) | 1 << 63
        let digits = [high, low].map { half in
            let text = String(half, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text += "-" }
            text.append(digit)
        }
        return try JobID(text)
    }
}
