/// A fast hash of bytes under a secret key: whoever writes the input cannot choose keys that collide.
///
/// Blocks of 16 bytes are folded through a 64 × 64 → 128 bit multiplication whose two factors both carry a part of the
/// key, so no input makes a factor zero on purpose. It is not a cryptographic hash.
package struct KeyedHash: Sendable, Hashable {
    private let first: Lane
    private let second: Lane

    /// One hash of 64 bits.
    private struct Lane: Sendable, Hashable {
        let start: UInt64
        let left: UInt64
        let middle: UInt64
        let end: UInt64
        let last: UInt64

        init(_ expand: inout UInt64) {
            start = Self.next(&expand)
            left = Self.next(&expand)
            middle = Self.next(&expand)
            end = Self.next(&expand)
            last = Self.next(&expand)
        }

        /// SplitMix64.
        static func next(_ state: inout UInt64) -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }

        @inline(__always)
        func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
            let length = key.count
            // Folded under the key first: otherwise a bit of the length and one of the input could cancel out.
            var state = Self.fold(start ^ UInt64(truncatingIfNeeded: length), middle)
            var offset = 0
            while length - offset > 16 {
                state = Self.fold(Self.word(key, offset) ^ left, Self.word(key, offset + 8) ^ state)
                offset += 16
            }
            let rest = length - offset
            var low: UInt64 = 0
            var high: UInt64 = 0
            if rest >= 8 {
                low = Self.word(key, offset)
                high = Self.word(key, length - 8)
            } else if rest >= 4 {
                low = UInt64(key.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
                high = UInt64(key.loadUnaligned(fromByteOffset: length - 4, as: UInt32.self))
            } else {
                for index in offset..<length { low = low << 8 | UInt64(key[index]) }
            }
            return Self.fold(Self.fold(low ^ left, high ^ state) ^ end, state ^ last)
        }

        @inline(__always)
        private static func word(_ key: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
            key.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        }

        @inline(__always)
        private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
            let product = left.multipliedFullWidth(by: right)
            return product.high ^ product.low
        }
    }

    /// - Parameter seed: the key; random for whatever meets input of strangers, fixed where hashes are kept.
    package init(seed: (UInt64, UInt64)) {
        var expand = seed.0
        first = Lane(&expand)
        expand = Lane.next(&expand) ^ seed.1
        second = Lane(&expand)
    }

    /// A hash of 64 bits.
    @inline(__always)
    package func hash(_ key: UnsafeRawBufferPointer) -> UInt64 { first.hash(key) }

    /// Puts a hash of 64 bits of each key where there is room for them.
    @inline(__always)
    func hash(_ keys: UnsafeBufferPointer<UnsafeRawBufferPointer>, to hashes: UnsafeMutablePointer<UInt64>) {
        let lane = first
        for index in 0..<keys.count { hashes[index] = lane.hash(keys[index]) }
    }

    /// A hash of 128 bits, whose ``Fingerprint/high`` half is ``hash(_:)``: among 10^9 keys, two share one with a
    /// probability below 10^-20.
    @inline(__always)
    package func fingerprint(_ key: UnsafeRawBufferPointer) -> Fingerprint {
        Fingerprint(high: first.hash(key), low: second.hash(key))
    }
}
