/// A hash of 128 bits over rows, one after the other: their bytes, where each ends, and their order.
///
/// The key is fixed, as hashes are kept from run to run: it tells a file that was changed, not one that was forged.
package struct ContentHash: Sendable, Hashable {
    private static let hash = KeyedHash(seed: (0x6338_7275_6E2D_7570, 0x6C6F_6164_2D72_6F77))

    private var state = Fingerprint(high: 0x243F_6A88_85A3_08D3, low: 0x1319_8A2E_0370_7344)

    package init() {}

    /// The hash of the rows so far.
    package var value: Fingerprint { state }

    /// Adds a row.
    @inline(__always)
    package mutating func add(_ row: UnsafeRawBufferPointer) {
        let print = Self.hash.fingerprint(row)
        add(print.high, print.low)
    }

    /// Adds rows.
    mutating func add(_ rows: UnsafeBufferPointer<UnsafeRawBufferPointer>) {
        let hash = Self.hash
        var copy = self
        for row in rows {
            let print = hash.fingerprint(row)
            copy.add(print.high, print.low)
        }
        self = copy
    }

    /// Adds a number.
    mutating func add(_ number: Int) {
        add(UInt64(bitPattern: Int64(number)), 0)
    }

    @inline(__always)
    private mutating func add(_ high: UInt64, _ low: UInt64) {
        // Multiplying by an odd constant loses nothing, and the rotation brings the upper bits down again.
        let first = (state.high ^ high) &* 0x9E37_79B9_7F4A_7C15
        let second = (state.low ^ low) &* 0xD6E8_FEB8_6659_FD93
        state = Fingerprint(
            high: (first << 29 | first >> 35) &+ second, low: (second << 31 | second >> 33) ^ (first >> 32))
    }
}
