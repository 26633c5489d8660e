/// Tells most hashes that are not in a set, by a bit: so few bits that they stay near, and so many that hardly any is set.
struct HashSketch: Sendable {
    private var words: [UInt64]
    private let shift: UInt64

    private static let (leastBits, mostBits) = (1 << 17, 1 << 21)

    init(_ hashes: HashSet64) {
        var bits = Self.leastBits
        while bits < Self.mostBits, bits < hashes.count * 64 { bits *= 2 }
        let shift = UInt64(64 - bits.trailingZeroBitCount)
        var words = [UInt64](repeating: 0, count: bits / 64)
        // What the set holds in place of 0 has the same bit.
        hashes.forEach { hash in words[Int(hash >> shift) >> 6] |= 1 &<< (hash >> shift & 63) }
        (self.words, self.shift) = (words, shift)
    }

    /// The memory that it takes.
    var bytes: Int { words.count * 8 }

    /// How many keys from one place on are certainly not in the set, by their hashes.
    func others(
        among keys: UnsafeBufferPointer<UnsafeRawBufferPointer>, from start: Int, by hash: KeyedHash
    ) -> Int {
        let shift = shift
        return words.withUnsafeBufferPointer { words in
            var index = start
            while index < keys.count {
                let place = hash.hash(keys[index]) >> shift
                if words[Int(truncatingIfNeeded: place >> 6)] >> (place & 63) & 1 != 0 { break }
                index &+= 1
            }
            return index - start
        }
    }
}
