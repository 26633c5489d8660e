/// A Bloom filter whose eight bits of a key lie in one block of 32 bytes, so that a key costs one or two cache lines.
///
/// At 10 bits a key some 2 % of the keys that were never inserted seem to be there when the filter is full, at 16 bits
/// 0.2 %.
struct BlockedFilter: Sendable {
    private var words: [UInt64]
    private let blocks: UInt64
    /// Kept so that reading ahead is not left out as useless.
    private var lastRead: UInt64 = 0

    private static let wordsOfBlock = 4

    /// - Parameter bytes: rounded up to whole blocks; the memory that the filter takes.
    init(bytes: Int) {
        let blocks = min(max(1, (bytes + 31) / 32), Int(UInt32.max))
        words = [UInt64](repeating: 0, count: blocks * Self.wordsOfBlock)
        self.blocks = UInt64(blocks)
    }

    /// The memory that the filter takes.
    var bytes: Int { words.count * 8 }

    /// Inserts hashes one after the other; `seen` is called for each that was there already, or seems to have been.
    mutating func insert<Failure: Error>(
        _ hashes: ArraySlice<UInt64>, seen: (UInt64) throws(Failure) -> Void
    ) throws(Failure) {
        let blocks = blocks
        var read = lastRead
        defer { lastRead = read }
        try words.withUnsafeMutableBufferPointer { words throws(Failure) in
            // All are read once before: those waits for memory overlap, and the writing finds them near.
            for hash in hashes {
                let base = Self.place(of: hash, in: blocks)
                // A block may lie across two lines of the cache.
                read ^= words[base] ^ words[base &+ Self.wordsOfBlock &- 1]
            }
            for hash in hashes {
                let base = Self.place(of: hash, in: blocks)
                let bits = (hash & 0xFFFF_FFFF) &* 0x9E37_79B9_7F4A_7C15
                let mask0 = Self.bit(bits >> 58) | Self.bit(bits >> 52)
                let mask1 = Self.bit(bits >> 46) | Self.bit(bits >> 40)
                let mask2 = Self.bit(bits >> 34) | Self.bit(bits >> 28)
                let mask3 = Self.bit(bits >> 22) | Self.bit(bits >> 16)
                let old0 = words[base]
                let old1 = words[base &+ 1]
                let old2 = words[base &+ 2]
                let old3 = words[base &+ 3]
                let missing = (mask0 & ~old0) | (mask1 & ~old1) | (mask2 & ~old2) | (mask3 & ~old3)
                words[base] = old0 | mask0
                words[base &+ 1] = old1 | mask1
                words[base &+ 2] = old2 | mask2
                words[base &+ 3] = old3 | mask3
                if missing == 0 { try seen(hash) }
            }
        }
    }

    /// The upper half of a hash chooses the block, the lower half the bits in it.
    @inline(__always)
    private static func place(of hash: UInt64, in blocks: UInt64) -> Int {
        Int(truncatingIfNeeded: ((hash >> 32) &* blocks) >> 32) &* Self.wordsOfBlock
    }

    @inline(__always)
    private static func bit(_ index: UInt64) -> UInt64 { 1 &<< (index & 63) }
}
