/// 128 bits that stand for some bytes.
package struct Fingerprint: Sendable, Hashable, CustomStringConvertible {
    /// The upper 64 bits.
    package let high: UInt64
    /// The lower 64 bits.
    package let low: UInt64

    /// From the two halves.
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// From 32 hexadecimal digits; nil for anything else.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 32, !bytes.contains(UInt8(ascii: "+")), !bytes.contains(UInt8(ascii: "-")),
            let high = UInt64(String(decoding: bytes[..<16], as: UTF8.self), radix: 16),
            let low = UInt64(String(decoding: bytes[16...], as: UTF8.self), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }

    /// 32 hexadecimal digits.
    package var description: String { Self.digits(high) + Self.digits(low) }

    /// The sum modulo 2^128: of the fingerprints of many things in any order.
    package static func &+ (left: Fingerprint, right: Fingerprint) -> Fingerprint {
        let (low, carry) = left.low.addingReportingOverflow(right.low)
        return Fingerprint(high: left.high &+ right.high &+ (carry ? 1 : 0), low: low)
    }

    private static func digits(_ number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }
}
